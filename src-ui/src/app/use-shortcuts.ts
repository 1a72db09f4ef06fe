import { useEffect, useRef } from "react";
import { belongsElsewhere, isPressed } from "../state/keys";
import type { Action } from "./action";

/** Runs what a key stands for, unless a terminal, a dialog or an input method has first call on it. */
export function useShortcuts(actions: readonly Action[]): void {
  const now = useRef(actions);
  now.current = actions;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (belongsElsewhere(event)) return;
      const action = now.current.find(({ keys, off }) => keys !== undefined && !off && isPressed(keys, event));
      if (!action) return;
      event.preventDefault();
      action.run();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

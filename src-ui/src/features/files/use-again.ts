import { useEffect, useRef } from "react";

/** Asks again whenever `look` has become another. */
export function useAgain(look: number, again: () => void): void {
  const last = useRef(look);
  useEffect(() => {
    if (last.current === look) return;
    last.current = look;
    again();
  }, [look, again]);
}

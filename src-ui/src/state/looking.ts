import { useEffect } from "react";
import { useLink, useStore } from "./index";
import type { Looks } from "./store";
import { useCell } from "./use-cell";
import { useVisible } from "./visible";

/** Half of what a host lets pass before it forgets, and a little less. */
export const LOOK_EVERY_MS = 20_000;

/** Says that this person has the session in front of them, for as long as that is so (RO2). */
export function useLook(session: string, there: boolean): void {
  const { link, clock } = useStore();
  const visible = useVisible();
  const reachable = useLink().kind === "live";
  useEffect(() => {
    if (!there || !visible || !reachable) return;
    let cancel = () => {};
    const look = (): void => {
      link.request({ method: "look", params: { session } }).catch(() => undefined);
      cancel = clock.after(LOOK_EVERY_MS, look);
    };
    look();
    return () => cancel();
  }, [link, clock, session, there, visible, reachable]);
}

/** Who has which sessions in front of them, as far as this page follows those sessions. */
export function useLooks(): Looks {
  return useCell(useStore().looks);
}

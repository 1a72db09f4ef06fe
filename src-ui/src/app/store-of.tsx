import type { ReactNode } from "react";
import { StoreProvider, useStore } from "../state/index";
import type { Shown } from "./use-open-tabs";

/** What is inside asks the host that the tab's session is at. */
export function StoreOf({ front, children }: { front: Shown; children: ReactNode }) {
  const own = useStore();
  return <StoreProvider value={front.other?.store ?? own}>{children}</StoreProvider>;
}

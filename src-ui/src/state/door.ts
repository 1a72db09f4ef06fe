import { createContext, use } from "react";
import type { Door } from "../link";

const DoorContext = createContext<Door | null>(null);

/** `<DoorProvider value={door}>` on a guest's page. */
export const DoorProvider = DoorContext;

/** The host this page is about, before it has said a word; `null` on the owner's own page and in the window. */
export function useDoor(): Door | null {
  return use(DoorContext);
}

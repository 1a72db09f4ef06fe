import { useCallback } from "react";
import { useStore } from "./index";
import { openSession } from "./open-session";

/** Opens a session of the host that this part of the page speaks to. */
export function useOpenHere(): (session: string) => void {
  const { place } = useStore();
  return useCallback((session) => openSession(session, place === "" ? null : place.slice(0, -1)), [place]);
}

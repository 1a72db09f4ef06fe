import { useCallback } from "react";
import { Cell } from "./cell";
import { useRoomKey } from "./index";
import { useCell } from "./use-cell";

/** The room in which words are looked for, by its key. */
const finding = new Cell<string | null>(null);

export function findIn(roomKey: string | null): void {
  finding.set(roomKey);
}

/** Whether words are looked for in this session, and the way out. */
export function useFinding(session: string): [boolean, () => void] {
  const key = useRoomKey(session);
  return [useCell(finding) === key, useCallback(() => findIn(null), [])];
}

import { useCallback, useEffect } from "react";
import { Cell } from "./cell";
import { useRoomKey } from "./index";
import { useCell } from "./use-cell";

/** The room in which words are looked for, by its key. */
const finding = new Cell<string | null>(null);

/** What words can be looked for in just now, by the same keys. */
const readers = new Cell<readonly string[]>([]);

export function findIn(roomKey: string | null): void {
  finding.set(roomKey);
}

/** Whether words are looked for in this session, and the way out. */
export function useFinding(session: string): [boolean, () => void] {
  const key = useRoomKey(session);
  return [useCell(finding) === key, useCallback(() => findIn(null), [])];
}

/** Says that words can be looked for in what is drawn here. When it goes, so does the wish to. */
export function useReader(session: string, can: boolean): void {
  const key = useRoomKey(session);
  useEffect(() => {
    if (!can) return;
    readers.set([...readers.get(), key]);
    return () => {
      const all = readers.get();
      readers.set(all.toSpliced(all.indexOf(key), 1));
      if (finding.get() === key) findIn(null);
    };
  }, [key, can]);
}

export function useHasReader(key: string | null): boolean {
  const all = useCell(readers);
  return key !== null && all.includes(key);
}

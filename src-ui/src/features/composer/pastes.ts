import { useMemo } from "react";
import { getDraft, useDraft } from "../../state/taste";

/** From here on a pasted text would bury what a person writes. */
const LONG_CHARACTERS = 1_500;
const LONG_LINES = 20;

export function isLongPaste(text: string): boolean {
  return text.length >= LONG_CHARACTERS || text.split("\n").length >= LONG_LINES;
}

/** What goes out: the pasted texts behind the written one, so that a command stays in front. */
export function withPastes(text: string, pastes: readonly string[]): string {
  return [text.trim() === "" ? "" : text, ...pastes].filter((part) => part !== "").join("\n\n");
}

export type Pastes = { all: readonly string[]; add: (text: string) => void; remove: (at: number) => void; clear: () => void };

/** The long texts beside the draft of a session, by its room key. They survive a reload as it does. */
export function usePastes(room: string): Pastes {
  const key = `${room}.pastes`;
  const [kept, keep] = useDraft(key);
  const all = useMemo(() => read(kept), [kept]);
  // From what is kept now: two can come before the next render.
  const become = (change: (now: readonly string[]) => readonly string[]) => {
    const next = change(read(getDraft(key)));
    keep(next.length === 0 ? "" : JSON.stringify(next));
  };
  return {
    all,
    add: (text) => become((now) => [...now, text]),
    remove: (at) => become((now) => now.toSpliced(at, 1)),
    clear: () => keep(""),
  };
}

function read(kept: string): readonly string[] {
  try {
    const all: unknown = JSON.parse(kept === "" ? "[]" : kept);
    return Array.isArray(all) ? all.filter((one) => typeof one === "string") : [];
  } catch {
    return [];
  }
}

import { diffWordsWithSpace } from "diff";
import type { ChangeLine } from "../../gen/ChangeLine";

/** A part of a line; `true` where it differs from its partner. */
export type Piece = readonly [changed: boolean, text: string];
/** A line beside the one that took its place; either may be missing. */
export type Pair = { old: ChangeLine | null; new: ChangeLine | null };

/** Beyond this, words are not told apart: the lines have little in common, or it would take long. */
const LONGEST = 1_000;

/** Lines as they stand side by side: what was removed beside what was added in its place. */
export function paired(lines: readonly ChangeLine[]): Pair[] {
  const pairs: Pair[] = [];
  let gone: ChangeLine[] = [];
  let come: ChangeLine[] = [];
  const flush = () => {
    for (let at = 0; at < Math.max(gone.length, come.length); at++) pairs.push({ old: gone[at] ?? null, new: come[at] ?? null });
    gone = [];
    come = [];
  };
  for (const line of lines) {
    if (line.how === "removed") {
      // What comes after an addition belongs to the next change.
      if (come.length > 0) flush();
      gone.push(line);
    } else if (line.how === "added") {
      come.push(line);
    } else {
      flush();
      pairs.push({ old: line, new: line });
    }
  }
  flush();
  return pairs;
}

/** Which words of two lines differ. */
export function words({ old, new: now }: Pair): { old: Piece[]; new: Piece[] } {
  const whole = (line: ChangeLine | null): Piece[] => (line ? [[false, line.text]] : []);
  if (!old || !now || old === now || old.text.length + now.text.length > LONGEST) return { old: whole(old), new: whole(now) };
  const parts = diffWordsWithSpace(old.text, now.text);
  const same = parts.filter(({ added, removed }) => !added && !removed).reduce((sum, { value }) => sum + value.trim().length, 0);
  // Two lines that only happen to stand beside each other: marking nearly all of both would say nothing.
  if (same * 4 < Math.max(old.text.trim().length, now.text.trim().length)) return { old: whole(old), new: whole(now) };
  return {
    old: parts.filter(({ added }) => !added).map(({ removed, value }): Piece => [removed, value]),
    new: parts.filter(({ removed }) => !removed).map(({ added, value }): Piece => [added, value]),
  };
}

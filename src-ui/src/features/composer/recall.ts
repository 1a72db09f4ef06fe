import type { Room } from "../../replica/types";

/** What this person asked here, oldest first, each once in a row. */
export function ownPrompts(room: Room): string[] {
  const me = room.view?.you.person;
  const mine = room.transcript.items.flatMap((item) =>
    item.kind === "prompt" && item.author === me && item.origin.kind === "human" && !item.takenBack ? [item.text] : [],
  );
  return mine.filter((text, at) => text !== mine[at - 1]);
}

/**
 * The prompt before or after the one in the box. Only from an empty box or from one that was recalled untouched: keys
 * within a text of one's own move the caret. `null` where there is none.
 */
export function recalled(mine: readonly string[], text: string, by: -1 | 1): string | null {
  const at = text === "" ? mine.length : mine.lastIndexOf(text);
  if (at < 0 || (text === "" && by === 1)) return null;
  const next = at + by;
  return next === mine.length ? "" : (mine[next] ?? null);
}

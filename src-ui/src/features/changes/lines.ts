import type { ChangeHunk } from "../../gen/ChangeHunk";
import type { ChangeLine } from "../../gen/ChangeLine";
import type { Lines, Side } from "../../state/line-comments";

/** A line by its side and number there. */
export type Spot = { side: Side; at: number };

/** Where a comment of this line stands: what was removed is of the old text, all else of the new one. */
export function spotOf(line: ChangeLine): Spot {
  return line.how === "removed" ? { side: "old", at: line.old ?? 0 } : { side: "new", at: line.new ?? 0 };
}

export function spotKey({ side, at }: Spot): string {
  return `${side} ${at}`;
}

/** Every spot that this line is: a line that stayed is one on both sides. */
export function spotKeys(line: ChangeLine): string[] {
  return [...(line.old === null ? [] : [spotKey({ side: "old", at: line.old })]), ...(line.new === null ? [] : [spotKey({ side: "new", at: line.new })])];
}

/** The line at a key that `spotKey` made. */
export function lineAt(hunks: readonly ChangeHunk[], key: string): ChangeLine | null {
  return hunks.flatMap(({ lines }) => lines).find((line) => spotKey(spotOf(line)) === key) ?? null;
}

/** Texts of lines that follow each other on one side; `null` unless all of them are in view. */
export function textsAt(hunks: readonly ChangeHunk[], side: Side, from: number, to: number): string[] | null {
  const texts = hunks.flatMap(({ lines }) => lines.flatMap((line) => (isWithin(line[side], from, to) ? [line.text] : [])));
  return texts.length === to - from + 1 ? texts : null;
}

/** From these lines to another line; `null` where it is not on their side, or something between is not in view. */
export function reaching(hunks: readonly ChangeHunk[], lines: Lines, line: ChangeLine): Lines | null {
  const at = line[lines.side];
  if (at === null) return null;
  const [from, to] = at < lines.from ? [at, lines.to] : [lines.from, at];
  const texts = textsAt(hunks, lines.side, from, to);
  return texts && { ...lines, from, to, texts };
}

/** Whether commented lines are as they were, say something else by now, or are not among the lines in view. */
export type Standing = "here" | "changed" | "unseen";

export function standing(hunks: readonly ChangeHunk[], { side, from, to, texts }: Lines): Standing {
  const now = textsAt(hunks, side, from, to);
  if (!now) return "unseen";
  return now.every((text, at) => text === texts[at]) ? "here" : "changed";
}

function isWithin(at: number | null, from: number, to: number): boolean {
  return at !== null && at >= from && at <= to;
}

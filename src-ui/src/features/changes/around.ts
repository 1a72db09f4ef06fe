import type { ChangeHunk } from "../../gen/ChangeHunk";
import type { ChangeLine } from "../../gen/ChangeLine";

/** So many lines come at each edge of what is left out with one press. */
export const STEP = 20;

/** The lines that stayed, by their number now. */
export type Stayed = ReadonlyMap<number, ChangeLine>;

/** Lines that are left out between two places of a file, or before the first or behind the last one. */
export type Gap = { key: string; /** `null` while nobody knows. */ left: number | null; /** More of them can be had. */ more: boolean };

export type Widened = { places: readonly { hunk: ChangeHunk; above: Gap | null }[]; end: Gap | null };

type Given = { hunks: readonly ChangeHunk[]; /** Around each of them. */ context: number; /** `null` until they are asked for. */ stayed: Stayed | null; /** How many lines are wanted at the edges of a gap. */ wanted: ReadonlyMap<string, number> };

export function stayedIn(hunks: readonly ChangeHunk[]): Stayed {
  return new Map(hunks.flatMap(({ lines }) => lines.flatMap((line): [number, ChangeLine][] => (line.how === "same" && line.new !== null ? [[line.new, line]] : []))));
}

/** The places of a file with more of what is around some of them, and what is left out all the same. */
export function widened({ hunks, context, stayed, wanted }: Given): Widened {
  const fronts: ChangeLine[][] = hunks.map(() => []);
  const backs: ChangeLine[][] = hunks.map(() => []);
  const above = hunks.map((hunk, at): Gap | null => {
    const [before, first] = [at === 0 ? 0 : edge(hunks[at - 1], "last"), edge(hunk, "first")];
    if (before === null || first === null || first - before <= 1) return null;
    const key = hunk.id ?? String(at);
    const most = wanted.get(key) ?? 0;
    const back = at === 0 ? [] : run(stayed, before + 1, 1, Math.min(most, first - before - 1));
    const front = run(stayed, first - 1, -1, Math.min(most, first - before - 1 - back.length)).reverse();
    backs[at - 1]?.push(...back);
    fronts[at]?.push(...front);
    const left = first - before - 1 - back.length - front.length;
    const more = stayed === null || stayed.has(first - 1 - front.length) || (at > 0 && stayed.has(before + 1 + back.length));
    return left === 0 ? null : { key, left, more };
  });
  const end = endOf(hunks.at(-1), context);
  const tail = end === null ? [] : run(stayed, end + 1, 1, wanted.get(END) ?? 0);
  backs.at(-1)?.push(...tail);
  const goesOn = end !== null && (stayed === null || stayed.has(end + 1 + tail.length));
  const places = hunks.map((hunk, at) => ({ hunk: around(hunk, fronts[at] ?? [], backs[at] ?? []), above: above[at] ?? null }));
  return { places, end: goesOn ? { key: END, left: null, more: true } : null };
}

const END = "end";

function around(hunk: ChangeHunk, front: readonly ChangeLine[], back: readonly ChangeLine[]): ChangeHunk {
  return front.length + back.length === 0 ? hunk : { ...hunk, lines: [...front, ...hunk.lines, ...back] };
}

/** Lines that follow each other, as many as are wanted and known. */
function run(stayed: Stayed | null, from: number, by: 1 | -1, most: number): ChangeLine[] {
  const lines: ChangeLine[] = [];
  for (let line = stayed?.get(from); line && lines.length < most; line = stayed?.get(from + by * lines.length)) lines.push(line);
  return lines;
}

function edge(hunk: ChangeHunk | undefined, which: "first" | "last"): number | null {
  const lines = hunk?.lines ?? [];
  const line = which === "first" ? lines.find((one) => one.new !== null) : lines.findLast((one) => one.new !== null);
  return line?.new ?? null;
}

/** The last line of the last place, unless the file ends with it: then fewer lines stand behind the change than were asked for. */
function endOf(hunk: ChangeHunk | undefined, context: number): number | null {
  const lines = hunk?.lines ?? [];
  const behind = lines.length - 1 - lines.findLastIndex(({ how }) => how !== "same");
  return behind < context || lines.some(({ open_end }) => open_end) ? null : edge(hunk, "last");
}

import type { ChangeHunk } from "../../gen/ChangeHunk";
import type { ChangeMaker } from "../../gen/ChangeMaker";
import type { FileMakers } from "../../gen/FileMakers";
import type { Makers } from "../../gen/Makers";

/** A person with the agent that did it for them; a hand has neither. */
export type Maker = { author: string; agent: string } | "hand";

/** Each once, whatever the number of their turns. */
export function makersOf({ makers }: Makers, of: FileMakers): Maker[] {
  return once(of.makers.flatMap((at) => makers[at] ?? []));
}

/** Everybody who made something of these files. */
export function makersOfAll(makers: Makers, paths: ReadonlySet<string>): Maker[] {
  const numbers = new Set(makers.files.filter(({ path }) => paths.has(path)).flatMap((file) => file.makers));
  return once([...numbers].toSorted((a, b) => a - b).flatMap((at) => makers.makers[at] ?? []));
}

/**
 * Whose lines a hunk has. Makers count removed lines in the base: where changes are compared with something else, only
 * added ones are told.
 */
export function makersOfHunk({ makers }: Makers, { runs }: FileMakers, hunk: ChangeHunk, sinceBase: boolean): Maker[] {
  const found = runs.filter((run) =>
    hunk.lines.some((line) => {
      const at = run.how === "added" ? line.new : line.old;
      return line.how === run.how && (run.how === "added" || sinceBase) && at !== null && at >= run.from && at <= run.to;
    }),
  );
  return once([...new Set(found.map(({ maker }) => maker))].flatMap((at) => makers[at] ?? []));
}

function once(makers: readonly ChangeMaker[]): Maker[] {
  const known = new Map<string, Maker>();
  for (const maker of makers) {
    const one: Maker = maker.kind === "hand" ? "hand" : { author: maker.author, agent: maker.agent };
    known.set(one === "hand" ? one : `${one.author} ${one.agent}`, one);
  }
  return [...known.values()];
}

import type { Clone } from "./clones";
import { Cell } from "./cell";
import { useCell } from "./use-cell";

/** The question which repository to add is over the page, perhaps with a clone that failed. */
export type Adding = { again: Clone | null };

const adding = new Cell<Adding | null>(null);

export function askForRepository(what: Adding | null): void {
  adding.set(what);
}

export function useAdding(): Adding | null {
  return useCell(adding);
}

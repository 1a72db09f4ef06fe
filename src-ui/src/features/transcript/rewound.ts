import type { Item } from "../../replica/types";

/** An item that stands, or a rewind with what it took back. */
export type Stretch = { item: Item; gone: null } | { item: Rewound; gone: readonly Item[] };

type Rewound = Extract<Item, { kind: "rewound" }>;

/** All that a rewind reaches goes with it, an earlier rewind too (WS17). */
export function stretches(items: readonly Item[]): Stretch[] {
  const found: Stretch[] = [];
  for (const item of items) {
    if (item.kind !== "rewound") {
      found.push({ item, gone: null });
      continue;
    }
    const start = found.findIndex((one) => (one.item.seq ?? 0) >= item.from);
    const reached = start < 0 ? [] : found.splice(start);
    found.push({ item, gone: reached.flatMap((one) => [...(one.gone ?? []), one.item]) });
  }
  return found;
}

/** How many turns there are among them, of what is loaded. */
export function turnsIn(items: readonly Item[]): number {
  return new Set(items.flatMap((item) => (item.kind === "prompt" ? [item.turn] : []))).size;
}

import type { EntryRow, Row } from "./rows";

export type Step = { to: Row } | { turn: EntryRow; open: boolean } | null;

/** Where a key leads in the tree, as in every tree of files. */
export function stepOf(key: string, rows: readonly Row[], at: number): Step {
  const row = rows[at];
  const to = (index: number): Step => {
    const next = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    return next ? { to: next } : null;
  };
  switch (key) {
    case "ArrowDown":
      return to(at + 1);
    case "ArrowUp":
      return to(at - 1);
    case "Home":
      return to(0);
    case "End":
      return to(rows.length - 1);
    case "ArrowRight":
      return row?.kind !== "entry" || row.open === null ? null : row.open ? to(at + 1) : { turn: row, open: true };
    case "ArrowLeft":
      if (row?.kind === "entry" && row.open) return { turn: row, open: false };
      return row && row.above !== "" ? to(rows.findIndex(({ key: one }) => one === row.above)) : null;
    default:
      return null;
  }
}

/** The next row whose name begins so, from here on and round. One letter again and again goes through all of them. */
export function typedTo(typed: string, rows: readonly Row[], at: number): Row | null {
  const same = [...typed].every((letter) => letter === typed[0]);
  const words = (same ? typed.slice(0, 1) : typed).toLocaleLowerCase();
  const from = at + (same ? 1 : 0);
  const round = [...rows.slice(from), ...rows.slice(0, from)];
  return round.find((row) => row.kind === "entry" && row.name.toLocaleLowerCase().startsWith(words)) ?? null;
}

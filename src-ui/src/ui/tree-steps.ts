/** A row of a tree: its key, and that of the folder above it, which is empty at the top. */
type Row = { key: string; above: string };
/** Where a key leads. */
export type Step<R> = { to: R } | { turn: R; open: boolean } | null;

/** Where a key leads in the tree, as in every tree of files. `openOf` is `null` for what does not open. */
export function stepOf<R extends Row>(key: string, rows: readonly R[], at: number, openOf: (row: R) => boolean | null): Step<R> {
  const row = rows[at];
  const to = (index: number): Step<R> => {
    const next = rows[Math.min(Math.max(index, 0), rows.length - 1)];
    return next ? { to: next } : null;
  };
  const open = row ? openOf(row) : null;
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
      return !row || open === null ? null : open ? to(at + 1) : { turn: row, open: true };
    case "ArrowLeft":
      if (row && open) return { turn: row, open: false };
      return row && row.above !== "" ? to(rows.findIndex(({ key: one }) => one === row.above)) : null;
    default:
      return null;
  }
}

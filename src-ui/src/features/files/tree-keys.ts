import type { Row } from "./rows";

/** The next row whose name begins so, from here on and round. One letter again and again goes through all of them. */
export function typedTo(typed: string, rows: readonly Row[], at: number): Row | null {
  const same = [...typed].every((letter) => letter === typed[0]);
  const words = (same ? typed.slice(0, 1) : typed).toLocaleLowerCase();
  const from = at + (same ? 1 : 0);
  const round = [...rows.slice(from), ...rows.slice(0, from)];
  return round.find((row) => row.kind === "entry" && row.name.toLocaleLowerCase().startsWith(words)) ?? null;
}

import type { AgentRow } from "../../gen/AgentRow";
import type { Ceiling } from "../../gen/Ceiling";
import type { Offer } from "../../gen/Offer";

const ORDER: readonly Ceiling[] = ["ask", "accept-edits", "bypass"];

/** Whether an agent does more unasked in this mode than whoever chooses may have done. */
export function exceeds(row: AgentRow | undefined, mode: string, ceiling: Ceiling): boolean {
  const most = row?.ceilings[mode];
  return ceiling !== "bypass" && (most === undefined || ORDER.indexOf(most) > ORDER.indexOf(ceiling));
}

/** The mode after this one, round and round; `null` where there is no other to choose. */
export function nextMode(row: AgentRow | undefined, mode: string | undefined, ceiling: Ceiling): Offer | null {
  const open = (row?.offers.modes ?? []).filter(({ id }) => !exceeds(row, id, ceiling));
  const at = open.findIndex(({ id }) => id === mode);
  const next = open[(at + 1) % open.length];
  return next && next.id !== mode ? next : null;
}

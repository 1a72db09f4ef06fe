import type { AgentRow } from "../gen/AgentRow";
import { t } from "../messages/t";

/** Why nobody can choose this agent; `null` when it can be chosen (AG9). */
export function whyNot(row: AgentRow): string | null {
  if (!row.enabled) return t("agent.disabled");
  return row.found ? null : (row.details?.hint ?? t("agent.not_found"));
}

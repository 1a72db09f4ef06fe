import { Check, CircleDashed } from "lucide-react";
import type { AgentRow } from "../../gen/AgentRow";
import { t } from "../../messages/t";
import { useAgents } from "../../state/index";
import css from "./welcome.module.css";

/** Which agents this machine has, and for the others how to get them (AG8). */
export function AgentsFound() {
  const agents = useAgents();
  if (agents.length === 0) return null;
  const sorted = [...agents].sort((a, b) => Number(b.found) - Number(a.found));
  return (
    <section>
      <h2>{t("welcome.agents")}</h2>
      <ul role="list" className={css.agents}>
        {sorted.map((row) => (
          <li key={row.agent}>
            {row.found ? (
              <Check size={14} className={css.found} aria-label={t("agent.found")} />
            ) : (
              <CircleDashed size={14} className={css.missing} aria-label={t("agent.not_found")} />
            )}
            <span className={css.name}>{row.name}</span>
            {row.rehearsal && <small>{t("agent.rehearsal")}</small>}
            {!row.found && <p className={css.get}>{howToGet(row)}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** A command to type, where that is all it takes. */
function howToGet({ details }: AgentRow): string | null {
  if (!details) return null;
  return details.program === null ? (details.install ?? details.hint) : details.hint;
}

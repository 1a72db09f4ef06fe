import { Check } from "lucide-react";
import type { AgentRow } from "../../gen/AgentRow";
import { t } from "../../messages/t";
import { stepRadio } from "../../ui/step-radio";
import { whyNot } from "../../ui/why-not";
import css from "./picker.module.css";

type Props = {
  agents: readonly AgentRow[];
  chosen: string;
  /** Somebody else is in the room. */
  shared: boolean;
  busy: boolean;
  onChoose: (agent: string) => void;
};

/** Which agent; one that can't be chosen says why. */
export function AgentList({ agents, chosen, shared, busy, onChoose }: Props) {
  const open = agents.filter((row) => whyNot(row) === null);
  const first = (open.find((row) => row.agent === chosen) ?? open[0])?.agent;
  return (
    <div role="radiogroup" aria-label={t("agent.choose")} className={css.menu} onKeyDown={stepRadio}>
      {agents.map((row) => {
        const why = whyNot(row);
        return (
          <button
            key={row.agent}
            type="button"
            role="radio"
            aria-checked={row.agent === chosen}
            tabIndex={row.agent === first ? 0 : -1}
            disabled={why !== null || busy}
            className={css.agent}
            onClick={() => onChoose(row.agent)}
          >
            <span className={css.name}>{row.name}</span>
            {row.rehearsal && <small>{t("agent.rehearsal")}</small>}
            {why !== null && <small className={css.hint}>{why}</small>}
            {why === null && shared && !row.can_be_limited && <small>{t("agent.unlimited")}</small>}
            {row.agent === chosen && <Check size={14} aria-hidden className={css.check} />}
          </button>
        );
      })}
    </div>
  );
}

import type { AgentChoice } from "../../gen/AgentChoice";
import type { AgentRow } from "../../gen/AgentRow";
import type { Ceiling } from "../../gen/Ceiling";
import { t } from "../../messages/t";
import { DialField } from "./dial-field";
import { exceeds } from "./modes";
import css from "./picker.module.css";

type Props = {
  choice: AgentChoice;
  row: AgentRow | undefined;
  /** The most that whoever chooses may have done unasked. */
  ceiling: Ceiling;
  busy: boolean;
  onChoose: (choice: AgentChoice) => void;
};

const NOTHING: AgentRow["offers"] = { models: [], modes: [], efforts: [] };

/** The chosen agent's model, mode and effort, as far as it has said what it offers (AG9). */
export function Dials({ choice, row, ceiling, busy, onChoose }: Props) {
  const offers = row?.offers ?? NOTHING;
  const isSilent = [offers.models, offers.modes, offers.efforts].every((list) => list.length === 0);
  return (
    <div className={css.dials}>
      <DialField
        label={t("agent.model")}
        own={t("agent.model_default")}
        value={choice.model}
        offers={offers.models}
        busy={busy}
        free={isSilent}
        onChoose={(model) => onChoose({ ...choice, model })}
      />
      <DialField
        label={t("agent.mode")}
        own={t("agent.mode_default")}
        value={choice.mode}
        offers={offers.modes}
        busy={busy}
        shut={(mode) => (exceeds(row, mode, ceiling) ? t("agent.mode_above") : null)}
        onChoose={(mode) => onChoose({ ...choice, mode })}
      />
      <DialField
        label={t("agent.effort")}
        own={t("agent.effort_default")}
        value={choice.effort}
        offers={offers.efforts}
        busy={busy}
        onChoose={(effort) => onChoose({ ...choice, effort })}
      />
    </div>
  );
}

import { Check, ChevronDown } from "lucide-react";
import type { AgentChoice } from "../../gen/AgentChoice";
import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { useChoiceWords } from "../../state/agent-name";
import { useAgents } from "../../state/index";
import { Button } from "../../ui/button";
import { Popover } from "../../ui/popover";
import { stepRadio } from "../../ui/step-radio";
import { ModelForm } from "./model-form";
import css from "./picker.module.css";

/** Who runs the next turn. Everybody sees it; who may steer can change it (AG9). */
export function AgentPicker({ session, view }: { session: string; view: RoomView }) {
  const label = useChoiceWords(view.choice);
  if (!view.you.may.steer) return <span className={css.still}>{label}</span>;
  return (
    <Popover
      place="above-start"
      label={t("agent.choose")}
      trigger={(props) => (
        <Button look="ghost" className={css.chip} title={t("agent.choose")} {...props}>
          <span>{label}</span>
          <ChevronDown size={13} aria-hidden />
        </Button>
      )}
    >
      {(close) => (
        <Menu
          session={session}
          choice={view.choice}
          shared={view.roster.length > 1}
          owner={view.you.rights.includes("own")}
          close={close}
        />
      )}
    </Popover>
  );
}

type MenuProps = {
  session: string;
  choice: AgentChoice;
  /** Somebody else is in the room. */
  shared: boolean;
  owner: boolean;
  close: () => void;
};

function Menu({ session, choice, shared, owner, close }: MenuProps) {
  const all = useAgents();
  // Only the owner can install what is missing, and what can be chosen comes first.
  const agents = all.filter((row) => owner || row.found).toSorted((a, b) => Number(b.found) - Number(a.found));
  const { act, busy } = useAct();
  const first = agents.find((row) => row.agent === choice.agent && row.found)?.agent ?? agents.find((row) => row.found)?.agent;
  const choose = async (next: AgentChoice) => {
    if (await act({ method: "choose_agent", params: { session, choice: next } })) close();
  };
  return (
    <>
      <div role="radiogroup" aria-label={t("agent.choose")} className={css.menu} onKeyDown={stepRadio}>
        {agents.map((row) => (
          <button
            key={row.agent}
            type="button"
            role="radio"
            aria-checked={row.agent === choice.agent}
            tabIndex={row.agent === first ? 0 : -1}
            disabled={!row.found || busy}
            className={css.agent}
            onClick={() => choose({ agent: row.agent })}
          >
            <span className={css.name}>{row.name}</span>
            {row.rehearsal && <small>{t("agent.rehearsal")}</small>}
            {!row.found && <small className={css.hint}>{row.hint ?? t("agent.not_found")}</small>}
            {row.found && shared && !row.can_be_limited && <small>{t("agent.unlimited")}</small>}
            {row.agent === choice.agent && <Check size={14} aria-hidden className={css.check} />}
          </button>
        ))}
      </div>
      <ModelForm
        choice={choice}
        busy={busy}
        onChoose={(model) => choose({ ...choice, model: model === "" ? undefined : model })}
      />
    </>
  );
}

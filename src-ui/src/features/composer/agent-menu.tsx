import type { AgentChoice } from "../../gen/AgentChoice";
import type { AgentRow } from "../../gen/AgentRow";
import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { useChecks } from "../../state/checks";
import { useAgentsOf, useWorkspaceOf } from "../../state/agents-of";
import { useRoomKey } from "../../state/index";
import { keepChoice, lastChoice } from "../../state/last-choice";
import { AgentList } from "./agent-list";
import { Dials } from "./dials";
import css from "./picker.module.css";

type Props = { room: Room; session: string; view: RoomView; close: () => void };

/** The agent of the next turn and what it is set to; each agent comes back as it was last set here. */
export function AgentMenu({ room, session, view, close }: Props) {
  const { choice } = view;
  const owner = view.you.rights.includes("own");
  const ceiling = owner ? "bypass" : (room.transcript.ceilings[view.you.person] ?? "bypass");
  // Only the owner can install or switch on what is missing, and what can be chosen comes first.
  const agents = useAgentsOf(useWorkspaceOf(session))
    .filter((row) => owner || (row.found && row.enabled))
    .toSorted((a, b) => Number(b.found && b.enabled) - Number(a.found && a.enabled));
  const key = useRoomKey(session);
  const { act, busy } = useAct();
  const isDue = (row: AgentRow) => row.agent === choice.agent && (row.details?.due ?? false);
  const { open } = useChecks(isDue);
  const choose = async (next: AgentChoice) => {
    keepChoice(key, choice);
    return act({ method: "choose_agent", params: { session, choice: next } });
  };
  return (
    <>
      <AgentList
        agents={agents}
        chosen={choice.agent}
        shared={view.roster.length > 1}
        busy={busy}
        onChoose={async (agent) => (await choose(lastChoice(key, agent))) && close()}
      />
      <Dials
        choice={choice}
        row={agents.find((row) => row.agent === choice.agent)}
        ceiling={ceiling}
        busy={busy}
        onChoose={choose}
      />
      {open.length > 0 && (
        <p className={css.asking} role="status">
          {t("agent.asking")}
        </p>
      )}
    </>
  );
}

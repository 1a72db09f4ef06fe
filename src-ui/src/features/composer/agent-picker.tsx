import { ChevronDown } from "lucide-react";
import type { AgentChoice } from "../../gen/AgentChoice";
import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useChoiceWords } from "../../state/agent-name";
import { useAgents } from "../../state/index";
import { Button } from "../../ui/button";
import { Popover } from "../../ui/popover";
import { AgentMenu } from "./agent-menu";
import css from "./picker.module.css";

/** Who runs the next turn. Everybody sees it; who may steer can change it (AG9). */
export function AgentPicker({ room, session, view }: { room: Room; session: string; view: RoomView }) {
  const label = [useChoiceWords(view.choice), useEffortWords(view.choice)].filter(Boolean).join(" · ");
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
      {(close) => <AgentMenu room={room} session={session} view={view} close={close} />}
    </Popover>
  );
}

/** How hard it is to think, as the agent calls it; nothing where that is left to it. */
function useEffortWords({ agent, effort }: AgentChoice): string {
  const row = useAgents().find((one) => one.agent === agent);
  if (effort === undefined) return "";
  return t("agent.effort_chosen", { effort: row?.offers.efforts.find(({ id }) => id === effort)?.name ?? effort });
}

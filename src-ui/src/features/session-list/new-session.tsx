import { Plus } from "lucide-react";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { willWriteIn } from "../../state/begun";
import { useAgentsOf } from "../../state/agents-of";
import { Button } from "../../ui/button";
import { Popover } from "../../ui/popover";
import { whyNot } from "../../ui/why-not";
import css from "./session-list.module.css";

type Props = { workspace: WorkspaceView; onOpen: (session: string) => void };

/** Opens a session in this workspace with an agent of the person's choice. */
export function NewSession({ workspace, onOpen }: Props) {
  const agents = useAgentsOf(workspace.workspace).toSorted((a, b) => Number(b.found) - Number(a.found));
  const { act, busy } = useAct();
  const start = async (agent: string) => {
    const params = { workspace: workspace.workspace, choice: { agent }, title: null };
    const reply = await act({ method: "open_session", params });
    if (reply?.kind !== "session") return;
    willWriteIn(reply.session);
    onOpen(reply.session);
  };
  return (
    <Popover
      label={t("session.new_with")}
      trigger={(props) => (
        <Button
          look="quiet"
          square
          className={css.add}
          aria-label={t("session.new_in", { workspace: workspace.name })}
          title={t("session.new")}
          {...props}
        >
          <Plus size={14} aria-hidden />
        </Button>
      )}
    >
      {(close) => (
        <div className={css.agents}>
          <p className={css.menuTitle}>{t("session.new_with")}</p>
          {agents.length === 0 && <p className={css.none}>{t("agent.none")}</p>}
          {agents.map((row) => (
            <button
              key={row.agent}
              type="button"
              className={css.agent}
              disabled={whyNot(row) !== null || busy}
              onClick={() => {
                close();
                void start(row.agent);
              }}
            >
              <span>{row.name}</span>
              {row.rehearsal && <small>{t("agent.rehearsal")}</small>}
              {whyNot(row) && <small>{whyNot(row)}</small>}
              {!whyNot(row) && workspace.shared && !row.can_be_limited && <small>{t("agent.unlimited")}</small>}
            </button>
          ))}
        </div>
      )}
    </Popover>
  );
}

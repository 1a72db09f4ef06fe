import { ChevronRight, Users } from "lucide-react";
import { useState } from "react";
import type { SessionRow } from "../../gen/SessionRow";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t, tn } from "../../messages/t";
import { setTaste, useTaste } from "../../state/taste";
import { isInUse } from "../../state/workspaces";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { cx } from "../../ui/cx";
import { NewSession } from "./new-session";
import { SessionNode } from "./session-node";
import { WorkspaceMenu } from "./workspace-menu";
import css from "./session-list.module.css";

type Props = {
  workspace: WorkspaceView;
  owner: boolean;
  sessions: SessionRow[];
  current: string | null;
  unfolded: boolean;
  onOpen: (session: string) => void;
};

export function WorkspaceNode({ workspace, owner, sessions, current, unfolded, onOpen }: Props) {
  const { folded } = useTaste();
  const [showEnded, setShowEnded] = useState(false);
  const [at, setAt] = useState<DOMRect | null>(null);
  const open = unfolded || !folded.includes(workspace.workspace);
  const ended = sessions.filter((row) => row.state === "ended");
  const live = sessions.filter((row) => row.state !== "ended");
  const needs = live.filter((row) => row.status === "needs_you").length;
  const toggle = () =>
    setTaste({
      folded: open ? [...folded, workspace.workspace] : folded.filter((one) => one !== workspace.workspace),
    });
  return (
    <div>
      <div className={css.workspace}>
        <button
          type="button"
          className={cx(css.row, css.level2)}
          aria-expanded={open}
          title={t("workspace.branch", { branch: workspace.branch })}
          onClick={toggle}
          onContextMenu={(event) => {
            if (!owner) return;
            event.preventDefault();
            setAt(event.currentTarget.getBoundingClientRect());
          }}
        >
          <ChevronRight size={12} aria-hidden className={cx(css.chevron, open && css.turned)} />
          <span className={css.name}>{workspace.name}</span>
          {workspace.shared && <Users size={12} className={css.shared} aria-label={t("workspace.shared")} />}
          {!open && needs > 0 && <Badge tone="need">{needs}</Badge>}
          {!open && needs === 0 && live.length > 0 && <Badge>{live.length}</Badge>}
        </button>
        {owner && <WorkspaceMenu workspace={workspace} at={at} onAt={setAt} />}
        {isInUse(workspace) && <NewSession workspace={workspace} onOpen={onOpen} />}
      </div>
      {open && (
        <ul role="list">
          {live.map((row) => (
            <SessionNode key={row.session} row={row} current={row.session === current} onOpen={onOpen} />
          ))}
          {showEnded &&
            ended.map((row) => (
              <SessionNode key={row.session} row={row} current={row.session === current} onOpen={onOpen} />
            ))}
        </ul>
      )}
      {open && sessions.length === 0 && isInUse(workspace) && <p className={css.hint}>{t("session.first")}</p>}
      {open && ended.length > 0 && (
        <Button look="quiet" className={css.ended} onClick={() => setShowEnded(!showEnded)}>
          {showEnded ? t("sessions.hide_ended") : tn("sessions.ended", ended.length)}
        </Button>
      )}
    </div>
  );
}

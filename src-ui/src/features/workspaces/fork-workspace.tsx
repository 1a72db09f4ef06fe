import { useState } from "react";
import type { SessionRow } from "../../gen/SessionRow";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useFork } from "../../state/fork";
import { titleOf } from "../../state/session-title";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Labelled } from "../../ui/labelled";
import { Select } from "../../ui/select";
import { Wrong } from "../../ui/wrong";
import { NameField } from "./name-field";
import question from "../../ui/question.module.css";

type Props = { workspace: WorkspaceView; sessions: readonly SessionRow[]; onClose: () => void };

/** A fork of a workspace under a name of its own, with one of its conversations if that is wanted. */
export function ForkWorkspace({ workspace: { workspace, name }, sessions, onClose }: Props) {
  const [text, setText] = useState("");
  const [session, choose] = useState("");
  const { fork, busy, wrong, made } = useFork(onClose);
  const wanted = text.trim();
  const offered = sessions.filter((row) => row.workspace === workspace && row.state !== "ended");
  const options = [["", t("workspace.fork_no_talk")] as const, ...offered.map((row) => [row.session, `#${row.number} ${titleOf(row)}`] as const)];
  // It has ended meanwhile.
  const chosen = offered.some((row) => row.session === session) ? session : "";
  return (
    <Dialog title={t("workspace.fork_title", { workspace: name })} onClose={onClose}>
      <form
        className={question.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (wanted === "" || busy) return;
          const talk = chosen === "" ? null : { session: chosen, before: null, title: null };
          void fork({ files: { workspace, checkpoint: null, name: wanted }, talk });
        }}
      >
        <p className={question.about}>{t("workspace.fork_about")}</p>
        {made === null && <NameField label={t("workspace.fork_name")} value={text} onChange={setText} wrong={wrong} wrongAt="workspace-fork-wrong" />}
        {offered.length > 0 && <Labelled label={t("workspace.fork_talk")}>{(id) => <Select id={id} value={chosen} options={options} onChange={choose} />}</Labelled>}
        {made !== null && <p role="status">{t("fork_session.half", { workspace: made })}</p>}
        <Wrong id="workspace-fork-wrong" wrong={wrong} />
        <div className={question.verbs}>
          <Button onClick={onClose}>{t(made === null ? "cancel" : "fork_session.leave")}</Button>
          <Button type="submit" look="primary" disabled={wanted === "" || busy}>
            {t(made === null ? "workspace.fork_make" : "again")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

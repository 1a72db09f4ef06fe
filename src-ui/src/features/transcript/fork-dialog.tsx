import { useState } from "react";
import type { RoomView } from "../../gen/RoomView";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useFork } from "../../state/fork";
import { useFilesBefore } from "../../state/work";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Labelled } from "../../ui/labelled";
import { Wrong } from "../../ui/wrong";
import { ForkPlace, type Where } from "./fork-place";
import question from "../../ui/question.module.css";

const LONGEST = 80;

type Props = { view: Pick<RoomView, "session" | "title" | "turn">; /** Where the session is. */ place: WorkspaceView; /** Forked is what was before it; `null` for all. */ turn: string | null; onClose: () => void };

/** A new session with the turns of this one, beside it or with files of its own (WS24). */
export function ForkDialog({ view: { session, title, turn: running }, place: { workspace, name: here }, turn, onClose }: Props) {
  const [text, setText] = useState(title);
  const [where, choose] = useState<Where>("here");
  const [name, setName] = useState("");
  const before = useFilesBefore(workspace, turn);
  const { fork, busy, wrong, made } = useFork(onClose);
  const [wanted, named] = [text.trim(), name.trim()];
  const files = where === "new" ? { workspace, checkpoint: before.checkpoint, name: named } : null;
  const ready = wanted !== "" && (files === null || named !== "");
  const span = turn === null ? "all" : "before";
  return (
    <Dialog title={t(`fork_session.title_${span}`)} onClose={onClose}>
      <form
        className={question.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) void fork({ files, talk: { session, before: turn, title: wanted } });
        }}
      >
        <p className={question.about}>
          {t(`fork_session.about_${span}`)}
          {turn === null && running && ` ${t("fork_session.running")}`}
        </p>
        <Labelled label={t("session.title")}>
          {(id) => <Field id={id} autoFocus maxLength={LONGEST} value={text} onChange={(event) => setText(event.target.value)} />}
        </Labelled>
        {made === null && <ForkPlace here={here} whole={turn === null} before={before} where={where} onChoose={choose} />}
        {made === null && where === "new" && (
          <Labelled label={t("workspace.name")}>
            {(id) => <Field id={id} maxLength={LONGEST} value={name} onChange={(event) => setName(event.target.value)} />}
          </Labelled>
        )}
        {made !== null && <p role="status">{t("fork_session.half", { workspace: made })}</p>}
        <Wrong wrong={wrong ?? before.wrong} />
        <div className={question.verbs}>
          <Button onClick={onClose}>{t(made === null ? "cancel" : "fork_session.leave")}</Button>
          <Button type="submit" look="primary" disabled={!ready || busy}>
            {t(made === null ? "workspace.fork_make" : "again")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

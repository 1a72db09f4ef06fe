import { useId, useState } from "react";
import type { ChangePicks } from "../../gen/ChangePicks";
import type { ChangesSince } from "../../gen/ChangesSince";
import type { RequestWithoutCommand } from "../../link";
import { t, tn } from "../../messages/t";
import { useAttempt, type Wrong as WrongOf } from "../../state/attempt";
import { addToast, tellDone, type Toast } from "../../state/toasts";
import { useUndo } from "../../state/undo";
import { Button } from "../../ui/button";
import { shortCommit } from "../../ui/commit";
import { Dialog } from "../../ui/dialog";
import { GrowArea } from "../../ui/grow-area";
import { Wrong } from "../../ui/wrong";
import css from "./judge.module.css";

type Props = {
  workspace: string;
  since: ChangesSince;
  picks: ChangePicks;
  /** How many files there are, if all are chosen. */
  all: number;
  /** Look at the changes again. */
  again: () => void;
  onClose: () => void;
};

/** Asks for the words of a commit (CH6). */
export function ApproveDialog({ workspace, since, picks, all, again, proposed, next, onClose }: Props & { proposed: string; /** What to do with what was approved. */ next: Toast["action"] }) {
  const [message, write] = useState(proposed);
  const { send, busy, wrong } = useJudge({ again, onClose });
  const id = useId();
  const go = async () => {
    const reply = await send({ method: "approve_changes", params: { workspace, since, picks, message } });
    if (reply?.kind !== "approved") return;
    const told = reply.commit === null ? t("approve.nothing") : t("approve.done", { commit: shortCommit(reply.commit) });
    tellDone(told, next);
  };
  return (
    <Dialog title={t("approve.title")} onClose={onClose} wide>
      <p className={css.about}>{t("approve.about", { what: chosenWords(picks, all) })}</p>
      <label htmlFor={id} className={css.label}>
        {t("approve.message")}
      </label>
      <GrowArea id={id} rows={4} className={css.message} autoFocus value={message} onChange={(event) => write(event.target.value)} />
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button onClick={onClose}>{t("cancel")}</Button>
        <Button look="primary" disabled={busy || message.trim() === ""} onClick={() => void go()}>
          {t("approve")}
        </Button>
      </div>
    </Dialog>
  );
}

/** Asks before files are changed, and offers what was there afterwards (CH6). */
export function RejectDialog({ workspace, since, picks, all, again, onClose }: Props) {
  const { send, busy, wrong } = useJudge({ again, onClose });
  const undo = useUndo(workspace);
  const go = async () => {
    const reply = await send({ method: "reject_changes", params: { workspace, since, picks } });
    if (reply?.kind === "taken_back") undo(t("reject.done"), reply.undo);
  };
  return (
    <Dialog title={t("reject.title")} onClose={onClose}>
      <p className={css.about}>{t(since.kind === "base" ? "reject.about_base" : "reject.about", { what: chosenWords(picks, all) })}</p>
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button look="danger" disabled={busy} onClick={() => void go()}>
          {t("reject")}
        </Button>
      </div>
    </Dialog>
  );
}

/** What changed meanwhile is read again and told: nobody decides about what they have not seen. */
function useJudge({ again, onClose }: Pick<Props, "again" | "onClose">) {
  const { attempt, busy, wrong } = useAttempt();
  const send = async (request: RequestWithoutCommand) => {
    const stale = (failed: WrongOf) => {
      if (failed.code !== "changes_stale") return;
      addToast({ message: t("judge.stale"), hint: null, action: null });
      again();
      onClose();
    };
    const reply = await attempt(request, stale);
    if (reply) {
      again();
      onClose();
    }
    return reply;
  };
  return { send, busy, wrong };
}

function chosenWords(picks: ChangePicks, all: number): string {
  if (picks.kind === "all") return tn("judge.all", all);
  const [first] = picks.picks;
  return first?.kind === "hunk" ? t("judge.part", { path: first.path }) : tn("work.files", picks.picks.length);
}

import type { WorkCommit } from "../../gen/WorkCommit";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { tellDone } from "../../state/toasts";
import { Button } from "../../ui/button";
import { shortCommit } from "../../ui/commit";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import css from "./judge.module.css";

type Props = { workspace: string; again: () => void; onClose: () => void };

/** The approved commits go to the base branch; conflicts are told by file, with the way on (CH9). */
export function ApplyDialog({ workspace, base, again, onBringIn, onClose }: Props & { base: string; onBringIn: () => void }) {
  const { attempt, busy, wrong } = useAttempt();
  const inConflict = wrong?.code === "in_conflict";
  const go = async () => {
    const reply = await attempt({ method: "apply_work", params: { workspace } });
    if (reply?.kind !== "approved") return;
    const told = reply.commit === null ? t("apply.nothing", { base }) : t("apply.done", { base, commit: shortCommit(reply.commit) });
    tellDone(told);
    again();
    onClose();
  };
  return (
    <Dialog title={t("apply.title", { base })} onClose={onClose}>
      <p className={css.about}>{t("apply.about", { base })}</p>
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button onClick={onClose}>{t("cancel")}</Button>
        {inConflict ? (
          <Button
            look="primary"
            onClick={() => {
              onClose();
              onBringIn();
            }}
          >
            {t("bring_in", { base })}
          </Button>
        ) : (
          <Button look="primary" autoFocus disabled={busy} onClick={() => void go()}>
            {t("apply", { base })}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

/** Another commit takes this one back (CH9). */
export function RevertDialog({ workspace, commit: { commit, message }, again, onClose }: Props & { commit: WorkCommit }) {
  const { attempt, busy, wrong } = useAttempt();
  const go = async () => {
    if (!(await attempt({ method: "revert_commit", params: { workspace, commit } }))) return;
    tellDone(t("revert.done", { commit: shortCommit(commit) }));
    again();
    onClose();
  };
  return (
    <Dialog title={t("revert.title")} onClose={onClose}>
      <p className={css.about}>{t("revert.about", { what: message.split("\n")[0] ?? "", commit: shortCommit(commit) })}</p>
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button look="danger" disabled={busy} onClick={() => void go()}>
          {t("revert")}
        </Button>
      </div>
    </Dialog>
  );
}

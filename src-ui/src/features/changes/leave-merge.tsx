import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import css from "./judge.module.css";

/** Takes a merge back, only after a question. */
export function LeaveMerge({ workspace, again, onClose }: { workspace: string; again: () => void; onClose: () => void }) {
  const { attempt, busy, wrong } = useAttempt();
  const go = async () => {
    if (!(await attempt({ method: "merge_base", params: { workspace, step: "abort" } }))) return;
    again();
    onClose();
  };
  return (
    <Dialog title={t("merge.abort_title")} onClose={onClose}>
      <p className={css.about}>{t("merge.abort_about")}</p>
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button look="danger" disabled={busy} onClick={() => void go()}>
          {t("merge.abort")}
        </Button>
      </div>
    </Dialog>
  );
}

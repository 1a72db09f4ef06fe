import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import question from "../../ui/question.module.css";

/** Puts a workspace away, only after a question: what runs in it ends. */
export function ArchiveWorkspace({ workspace: { workspace, name }, onClose }: { workspace: WorkspaceView; onClose: () => void }) {
  const { attempt, busy, wrong } = useAttempt();
  const archive = async () => {
    if (await attempt({ method: "archive_workspace", params: { workspace } })) onClose();
  };
  return (
    <Dialog title={t("workspace.archive_title", { workspace: name })} onClose={onClose}>
      <p className={question.about}>{t("workspace.archive_about")}</p>
      <Wrong wrong={wrong} />
      <div className={question.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("workspace.archive_keep")}
        </Button>
        <Button look="primary" disabled={busy} onClick={archive}>
          {t("workspace.archive")}
        </Button>
      </div>
    </Dialog>
  );
}

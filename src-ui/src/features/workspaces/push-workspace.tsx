import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { useErrand } from "../../state/errand";
import { tellDone } from "../../state/toasts";
import { askOfWorkspace } from "../../state/workspaces";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import question from "../../ui/question.module.css";

/** Sends the branch to its remote, after saying which that is (WI29). */
export function PushWorkspace({ workspace: { workspace, name, branch }, onClose }: { workspace: WorkspaceView; onClose: () => void }) {
  const { answer: target, wrong: unasked, again } = useAsked({ method: "push_target", params: { workspace } }, "push_target");
  const { run, busy, wrong } = useErrand();
  const push = async () => {
    const reply = await run({ method: "push_work", params: { workspace } });
    if (reply?.kind !== "pushed") return;
    const next = target?.can_ask ? { label: t("workspace.pull"), run: () => askOfWorkspace({ workspace, wish: "pull" }) } : null;
    tellDone(t("push.done", { branch, remote: reply.remote }), next);
    onClose();
  };
  return (
    <Dialog title={t("push.title", { workspace: name })} onClose={onClose}>
      {target && (
        <>
          <p className={question.about}>{t("push.about", { branch, remote: target.remote })}</p>
          <p className={question.about}>{target.upstream === null ? t("push.first") : t("push.before", { upstream: target.upstream })}</p>
        </>
      )}
      <p className={question.about} role="status">
        {busy ? t("push.goes_on") : target === null && !unasked && t("push.looking")}
      </p>
      <Wrong wrong={wrong ?? unasked} />
      <div className={question.verbs}>
        {unasked && <Button onClick={again}>{t("again")}</Button>}
        <Button onClick={onClose}>{t(busy ? "errand.close" : "cancel")}</Button>
        <Button look="primary" autoFocus disabled={busy || target === null} onClick={() => void push()}>
          {t(busy ? "push.busy" : "workspace.push")}
        </Button>
      </div>
    </Dialog>
  );
}

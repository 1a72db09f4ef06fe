import { useState } from "react";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { askOfWorkspace } from "../../state/workspaces";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Sentence } from "../../ui/sentence";
import { Wrong } from "../../ui/wrong";
import { proposedPull } from "./proposed-pull";
import { PullForm } from "./pull-form";
import { PullOpened } from "./pull-opened";
import question from "../../ui/question.module.css";

/** Asks those who keep the repository to take the branch in, by the host's own `gh` (WI29). */
export function AskPull({ workspace: view, onClose }: { workspace: WorkspaceView; onClose: () => void }) {
  const { workspace, name, branch } = view;
  const { answer: target, wrong, again } = useAsked({ method: "push_target", params: { workspace } }, "push_target");
  const { answer: work, wrong: noWork, again: workAgain } = useAsked({ method: "work", params: { workspace } }, "work");
  const [address, setAddress] = useState<string | null>(null);
  const unasked = wrong ?? noWork;
  const lookAgain = () => {
    again();
    workAgain();
  };
  return (
    <Dialog title={t("pull.title", { workspace: name })} onClose={onClose} wide>
      {address !== null ? (
        <PullOpened address={address} onClose={onClose} />
      ) : target && !target.can_ask ? (
        <>
          <p className={question.about}>
            <Sentence text={t("pull.no_gh")} />
          </p>
          <div className={question.verbs}>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button onClick={again}>{t("again")}</Button>
            <Button look="primary" autoFocus onClick={() => askOfWorkspace({ workspace, wish: "push" })}>
              {t("pull.push_only")}
            </Button>
          </div>
        </>
      ) : target && work ? (
        <PullForm
          workspace={workspace}
          about={work.base_branch === null ? t("pull.about", { branch, remote: target.remote }) : t("pull.about_base", { branch, remote: target.remote, base: work.base_branch })}
          proposed={proposedPull(name, work.commits)}
          onOpened={setAddress}
          onClose={onClose}
        />
      ) : (
        <>
          <p className={question.about} role="status">
            {!unasked && t("push.looking")}
          </p>
          <Wrong wrong={unasked} />
          <div className={question.verbs}>
            {unasked && <Button onClick={lookAgain}>{t("again")}</Button>}
            <Button autoFocus onClick={onClose}>
              {t("cancel")}
            </Button>
          </div>
        </>
      )}
    </Dialog>
  );
}

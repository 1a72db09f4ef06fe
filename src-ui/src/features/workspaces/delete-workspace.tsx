import { useState } from "react";
import type { Risk } from "../../gen/Risk";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { useAttempt } from "../../state/attempt";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { sizeOf } from "../../ui/size";
import { Wrong } from "../../ui/wrong";
import { RiskTick } from "./risk-tick";
import question from "../../ui/question.module.css";
import css from "./workspaces.module.css";

/** Deletes a workspace, once the owner has said yes to each thing that would be lost with it. */
export function DeleteWorkspace({ workspace: { workspace, name, branch }, onClose }: { workspace: WorkspaceView; onClose: () => void }) {
  const { answer, wrong: unasked, again } = useAsked({ method: "risks", params: { workspace } }, "risks");
  const { attempt, busy, wrong } = useAttempt();
  const [known, setKnown] = useState<ReadonlySet<string>>(new Set());
  const risks = answer?.risks ?? null;
  const ready = risks !== null && risks.every((risk) => known.has(asSeen(risk)));
  const remove = async () => {
    if (!risks) return;
    const params = { workspace, despite: risks.map(({ kind }) => kind) };
    if (await attempt({ method: "delete_workspace", params })) onClose();
    // What is there may have become more meanwhile.
    else again();
  };
  const tick = (risk: Risk, on: boolean) => setKnown((now) => new Set(on ? [...now, asSeen(risk)] : [...now].filter((one) => one !== asSeen(risk))));
  return (
    <Dialog title={t("workspace.delete_title", { workspace: name })} onClose={onClose}>
      {answer && <p className={question.about}>{answer.bytes === null ? t("workspace.delete_folder") : t("workspace.delete_files", { size: sizeOf(answer.bytes) })}</p>}
      <p className={question.about}>{t("workspace.delete_ignored")}</p>
      <p className={question.about}>{t("workspace.delete_stays", { branch })}</p>
      {risks === null && !unasked && <p className={question.about}>{t("workspace.looking")}</p>}
      {risks?.length === 0 && <p className={question.about}>{t("workspace.no_risk")}</p>}
      {risks !== null && risks.length > 0 && (
        <fieldset className={css.risks}>
          <legend>{t("workspace.risks")}</legend>
          {risks.map((risk) => (
            <RiskTick key={risk.kind} risk={risk} known={known.has(asSeen(risk))} onKnown={(on) => tick(risk, on)} />
          ))}
        </fieldset>
      )}
      <Wrong wrong={wrong ?? unasked} />
      <div className={question.verbs}>
        {unasked && <Button onClick={again}>{t("again")}</Button>}
        <Button autoFocus onClick={onClose}>
          {t("workspace.delete_keep")}
        </Button>
        <Button look="danger" disabled={busy || !ready} onClick={remove}>
          {t("workspace.delete_now")}
        </Button>
      </div>
    </Dialog>
  );
}

/** Said yes to as it was seen: of more than that nobody knew. */
function asSeen({ kind, found }: Risk): string {
  return `${kind} ${JSON.stringify(found)}`;
}

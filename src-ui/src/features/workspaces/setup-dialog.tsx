import { useCallback, useEffect, useState } from "react";
import type { SetupScript } from "../../gen/SetupScript";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { NEW_SIZE, useOpenTerminal } from "../../state/terminals";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { visible } from "../../ui/visible";
import { Wrong } from "../../ui/wrong";
import question from "../../ui/question.module.css";
import css from "./workspaces.module.css";

/** Shows the whole set-up script before it may run. What is shown stays until it was refused as out of date (WI30). */
export function SetupDialog({ workspace: { workspace, name, repository_name: repository }, onClose }: { workspace: WorkspaceView; onClose: () => void }) {
  const { attempt: ask, wrong: unasked } = useAttempt();
  const { attempt, busy, wrong } = useAttempt();
  const show = useOpenTerminal();
  /** Not asked yet, none, or one. */
  const [script, setScript] = useState<SetupScript | null | undefined>(undefined);
  const look = useCallback(async () => {
    const reply = await ask({ method: "setup", params: { workspace } });
    if (reply?.kind === "setup") setScript(reply.script);
  }, [ask, workspace]);
  useEffect(() => void look(), [look]);
  const go = async (shown: SetupScript) => {
    if (!shown.trusted) {
      const stale = () => void look();
      if (!(await attempt({ method: "trust_setup", params: { workspace, hash: shown.hash } }, ({ code }) => code === "changes_stale" && stale()))) return;
      setScript({ ...shown, trusted: true });
    }
    const reply = await attempt({ method: "run_setup", params: { workspace, size: NEW_SIZE } }, ({ code }) => code === "forbidden" && void look());
    if (reply?.kind !== "terminal") return;
    onClose();
    show(workspace, reply.terminal.terminal);
  };
  const why = wrong ?? unasked;
  return (
    <Dialog title={t("setup.title", { workspace: name })} onClose={onClose} wide>
      <p className={question.about} role="status">
        {script === undefined && !unasked && t("setup.looking")}
        {script === null && t("setup.none")}
      </p>
      {script && (
        <>
          <p className={question.about}>{t("setup.about", { repository })}</p>
          <pre className={css.script} tabIndex={0} role="region" aria-label={t("setup.text")}>
            {visible(script.text)}
          </pre>
          <p className={question.about}>{t("setup.again")}</p>
        </>
      )}
      <Wrong wrong={why && { ...why, hint: null }} />
      <div className={question.verbs}>
        {unasked && <Button onClick={() => void look()}>{t("again")}</Button>}
        <Button autoFocus onClick={onClose}>
          {t(script ? "setup.not_now" : "done")}
        </Button>
        {script && (
          <Button look="primary" disabled={busy} onClick={() => void go(script)}>
            {t(script.trusted ? "setup.run" : "setup.trust")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}

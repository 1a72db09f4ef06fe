import { useState } from "react";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import { NameField } from "./name-field";
import question from "../../ui/question.module.css";

/** Another name for a workspace. */
export function RenameWorkspace({ workspace: { workspace, name }, onClose }: { workspace: WorkspaceView; onClose: () => void }) {
  const [text, setText] = useState(name);
  const { attempt, busy, wrong } = useAttempt();
  const wanted = text.trim();
  return (
    <Dialog title={t("workspace.rename_title", { workspace: name })} onClose={onClose}>
      <form
        className={question.form}
        onSubmit={async (event) => {
          event.preventDefault();
          if (wanted === "" || busy) return;
          if (wanted === name || (await attempt({ method: "rename_workspace", params: { workspace, name: wanted } }))) onClose();
        }}
      >
        <p className={question.about}>{t("workspace.rename_about")}</p>
        <NameField label={t("workspace.name")} value={text} onChange={setText} wrong={wrong} wrongAt="workspace-name-wrong" />
        <Wrong id="workspace-name-wrong" wrong={wrong} />
        <div className={question.verbs}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary" disabled={wanted === "" || busy}>
            {t("workspace.rename")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

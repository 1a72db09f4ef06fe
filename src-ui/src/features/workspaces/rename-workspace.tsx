import { useState } from "react";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Labelled } from "../../ui/labelled";
import { Wrong } from "../../ui/wrong";
import css from "./workspaces.module.css";

const LONGEST = 80;

/** Another name for a workspace. */
export function RenameWorkspace({ workspace: { workspace, name }, onClose }: { workspace: WorkspaceView; onClose: () => void }) {
  const [text, setText] = useState(name);
  const { attempt, busy, wrong } = useAttempt();
  const wanted = text.trim();
  return (
    <Dialog title={t("workspace.rename_title", { workspace: name })} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={async (event) => {
          event.preventDefault();
          if (wanted === "" || busy) return;
          if (wanted === name || (await attempt({ method: "rename_workspace", params: { workspace, name: wanted } }))) onClose();
        }}
      >
        <p className={css.about}>{t("workspace.rename_about")}</p>
        <Labelled label={t("workspace.name")}>
          {(id) => (
            <Field
              id={id}
              autoFocus
              maxLength={LONGEST}
              value={text}
              aria-invalid={wrong !== null}
              aria-describedby={wrong ? "workspace-name-wrong" : undefined}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Labelled>
        <Wrong id="workspace-name-wrong" wrong={wrong} />
        <div className={css.verbs}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary" disabled={wanted === "" || busy}>
            {t("workspace.rename")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

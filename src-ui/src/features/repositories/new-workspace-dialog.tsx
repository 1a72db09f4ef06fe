import { useState } from "react";
import type { RepositoryView } from "../../gen/RepositoryView";
import { t } from "../../messages/t";
import { useMaking } from "../../state/made";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Labelled } from "../../ui/labelled";
import { Wrong } from "../../ui/wrong";
import question from "../../ui/question.module.css";

/** A new workspace for who is not at the side bar. */
export function NewWorkspaceDialog({ repository: { repository, name }, onClose }: { repository: RepositoryView; onClose: () => void }) {
  const [text, setText] = useState("");
  const { attempt, busy, wrong } = useMaking();
  const wanted = text.trim();
  return (
    <Dialog title={t("workspace.new_in", { repository: name })} onClose={onClose}>
      <form
        className={question.form}
        onSubmit={async (event) => {
          event.preventDefault();
          if (busy) return;
          if (await attempt({ method: "create_workspace", params: { repository, name: wanted } })) onClose();
        }}
      >
        <p className={question.about}>{t("repository.safe")}</p>
        <Labelled label={t("workspace.name")}>
          {(id) => (
            <Field
              id={id}
              autoFocus
              placeholder={t("workspace.name_later")}
              value={text}
              aria-invalid={wrong !== null}
              aria-describedby={wrong ? "new-workspace-wrong" : undefined}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Labelled>
        <Wrong id="new-workspace-wrong" wrong={wrong} />
        <div className={question.verbs}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary" disabled={busy}>
            {busy ? t("workspace.creating") : t("workspace.create")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

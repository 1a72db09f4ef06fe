import { useState } from "react";
import { t } from "../../messages/t";
import { useMaking } from "../../state/made";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Wrong } from "../../ui/wrong";
import css from "./session-list.module.css";

/** A name becomes a worktree and a branch of their own. */
export function NewWorkspace({ repository, onClose }: { repository: string; onClose: () => void }) {
  const [name, setName] = useState("");
  const { attempt, busy, wrong } = useMaking();
  return (
    <form
      className={css.inline}
      onSubmit={async (event) => {
        event.preventDefault();
        if (busy) return;
        if (await attempt({ method: "create_workspace", params: { repository, name: name.trim() } })) onClose();
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <Field
        autoFocus
        aria-label={t("workspace.name")}
        placeholder={t("workspace.name_later")}
        value={name}
        aria-invalid={wrong !== null}
        aria-describedby={wrong ? "workspace-wrong" : undefined}
        onChange={(event) => setName(event.target.value)}
      />
      <Wrong id="workspace-wrong" wrong={wrong} />
      <div className={css.inlineVerbs}>
        <Button look="quiet" onClick={onClose}>
          {t("cancel")}
        </Button>
        <Button type="submit" look="primary" disabled={busy}>
          {busy ? t("workspace.creating") : t("workspace.create")}
        </Button>
      </div>
    </form>
  );
}

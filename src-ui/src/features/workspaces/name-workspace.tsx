import { useState } from "react";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { t } from "../../messages/t";
import { useMaking } from "../../state/made";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Labelled } from "../../ui/labelled";
import { Wrong } from "../../ui/wrong";
import css from "./workspaces.module.css";

const LONGEST = 80;

type Props = { workspace: WorkspaceView; wish: "rename" | "fork"; onClose: () => void };

/** Another name for a workspace, or a fork of it under a name of its own. */
export function NameWorkspace({ workspace: { workspace, name }, wish, onClose }: Props) {
  const forks = wish === "fork";
  const [text, setText] = useState(forks ? "" : name);
  const { attempt, busy, wrong } = useMaking();
  const wanted = text.trim();
  const send = () =>
    forks
      ? attempt({ method: "fork_workspace", params: { workspace, checkpoint: null, name: wanted } })
      : attempt({ method: "rename_workspace", params: { workspace, name: wanted } });
  return (
    <Dialog title={t(`workspace.${wish}_title`, { workspace: name })} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={async (event) => {
          event.preventDefault();
          if (wanted === "" || busy) return;
          if ((!forks && wanted === name) || (await send())) onClose();
        }}
      >
        <p className={css.about}>{t(`workspace.${wish}_about`)}</p>
        <Labelled label={t(forks ? "workspace.fork_name" : "workspace.name")}>
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
            {t(forks ? "workspace.fork_make" : "workspace.rename")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

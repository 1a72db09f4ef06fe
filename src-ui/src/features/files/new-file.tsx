import { useState } from "react";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Labelled } from "../../ui/labelled";
import { Wrong } from "../../ui/wrong";
import css from "./files.module.css";

type Props = { workspace: string; onMade: (path: string) => void; onClose: () => void };

/** An empty file by its path; folders on the way are made. */
export function NewFile({ workspace, onMade, onClose }: Props) {
  const [path, setPath] = useState("");
  const { attempt, busy, wrong } = useAttempt();
  const wanted = path.trim().replace(/^\/+/, "");
  return (
    <Dialog title={t("files.new")} onClose={onClose}>
      <form
        className={css.form}
        onSubmit={async (event) => {
          event.preventDefault();
          if (wanted === "" || busy) return;
          if (!(await attempt({ method: "write_file", params: { workspace, path: wanted, text: "", was: null } }))) return;
          onMade(wanted);
          onClose();
        }}
      >
        <Labelled label={t("files.new_path")}>
          {(id) => (
            <Field
              id={id}
              autoFocus
              value={path}
              placeholder={t("files.new_hint")}
              aria-invalid={wrong !== null}
              aria-describedby={wrong ? "new-file-wrong" : undefined}
              onChange={(event) => setPath(event.target.value)}
            />
          )}
        </Labelled>
        <Wrong id="new-file-wrong" wrong={wrong} />
        <div className={css.verbs}>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" look="primary" disabled={wanted === "" || busy}>
            {t("files.make")}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

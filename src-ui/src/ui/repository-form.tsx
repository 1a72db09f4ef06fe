import { useState } from "react";
import { t } from "../messages/t";
import { Button } from "./button";
import { Field } from "./field";
import css from "./repository-form.module.css";

type Props = { busy: boolean; onAdd: (path: string) => void; onCancel?: () => void };

export function RepositoryForm({ busy, onAdd, onCancel }: Props) {
  const [path, setPath] = useState("");
  const blank = path.trim() === "";
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!blank && !busy) onAdd(path.trim());
      }}
    >
      <label htmlFor="repository-path">{t("repository.path")}</label>
      <Field
        id="repository-path"
        autoFocus={onCancel !== undefined}
        className={css.path}
        spellCheck={false}
        autoCapitalize="off"
        placeholder={t("repository.path_example")}
        value={path}
        onChange={(event) => setPath(event.target.value)}
      />
      <p className={css.safe}>{t("repository.safe")}</p>
      <div className={css.verbs}>
        {onCancel && <Button onClick={onCancel}>{t("cancel")}</Button>}
        <Button type="submit" look={onCancel ? "primary" : "plain"} disabled={blank || busy}>
          {t("repository.add")}
        </Button>
      </div>
    </form>
  );
}

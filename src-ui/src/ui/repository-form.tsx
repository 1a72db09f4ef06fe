import { useId, useState } from "react";
import { t } from "../messages/t";
import { Button } from "./button";
import { cx } from "./cx";
import { Field } from "./field";
import { Wrong } from "./wrong";
import css from "./repository-form.module.css";

type Props = {
  busy: boolean;
  wrong: { message: string; hint: string | null } | null;
  onAdd: (path: string) => void;
  /** There where it stands in a dialog. */
  onCancel?: () => void;
};

export function RepositoryForm({ busy, wrong, onAdd, onCancel }: Props) {
  const [path, setPath] = useState("");
  const id = useId();
  const blank = path.trim() === "";
  return (
    <form
      className={cx(css.form, onCancel === undefined && css.inline)}
      onSubmit={(event) => {
        event.preventDefault();
        if (!blank && !busy) onAdd(path.trim());
      }}
    >
      <label htmlFor={id}>{t("repository.path")}</label>
      <Field
        id={id}
        autoFocus={onCancel !== undefined}
        className={css.path}
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        placeholder={t("repository.path_example")}
        value={path}
        aria-invalid={wrong !== null}
        aria-describedby={wrong ? `${id}-wrong` : undefined}
        onChange={(event) => setPath(event.target.value)}
      />
      <div className={css.below}>
        <Wrong id={`${id}-wrong`} wrong={wrong} />
        <p className={css.safe}>{t("repository.safe")}</p>
      </div>
      <div className={css.verbs}>
        {onCancel && <Button onClick={onCancel}>{t("cancel")}</Button>}
        <Button type="submit" look={onCancel ? "primary" : "plain"} disabled={blank || busy}>
          {busy ? t("repository.adding") : t("repository.add")}
        </Button>
      </div>
    </form>
  );
}

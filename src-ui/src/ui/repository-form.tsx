import { useId, useState } from "react";
import { t } from "../messages/t";
import { Button } from "./button";
import { isBlank, type Source } from "./source";
import { SourceFields } from "./source-fields";
import { Wrong } from "./wrong";
import css from "./repository-form.module.css";

type Props = {
  /** What was typed before. */
  begun: Source;
  busy: boolean;
  wrong: { message: string; hint: string | null } | null;
  onAdd: (source: Source) => void;
  onCancel: () => void;
};

export function RepositoryForm({ begun, busy, wrong, onAdd, onCancel }: Props) {
  const [source, say] = useState(begun);
  const id = useId();
  const clones = source.how === "clone";
  const does = clones ? (busy ? t("clone.busy") : t("clone")) : busy ? t("repository.adding") : t("repository.add");
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBlank(source) && !busy) onAdd(source);
      }}
    >
      <SourceFields source={source} onChange={say} wrong={wrong !== null} describedBy={wrong ? `${id}-wrong` : undefined} busy={busy} autoFocus />
      <div className={css.below}>
        <Wrong id={`${id}-wrong`} wrong={wrong} />
        <p className={css.safe}>{t(clones ? "clone.about" : "repository.safe")}</p>
        <p className={css.safe} role="status">
          {clones && busy && t("clone.goes_on")}
        </p>
      </div>
      <div className={css.verbs}>
        <Button onClick={onCancel}>{t(clones && busy ? "clone.close" : "cancel")}</Button>
        <Button type="submit" look="primary" disabled={isBlank(source) || busy}>
          {does}
        </Button>
      </div>
    </form>
  );
}

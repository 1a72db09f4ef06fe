import { useState } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import css from "./suggestions.module.css";

type Props = { busy: boolean; onCancel: () => void; onDrop: (reason: string | null) => void };

/** Declines with a word to its author, or without one. */
export function Drop({ busy, onCancel, onDrop }: Props) {
  const [reason, setReason] = useState("");
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onDrop(reason.trim() === "" ? null : reason.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onCancel();
      }}
    >
      <Field
        autoFocus
        aria-label={t("suggestion.drop_reason")}
        placeholder={t("suggestion.drop_reason")}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <div className={css.verbs}>
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button type="submit" look="danger" disabled={busy}>
          {t("suggestion.drop")}
        </Button>
      </div>
    </form>
  );
}

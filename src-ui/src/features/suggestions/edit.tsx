import { useState } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { GrowArea } from "../../ui/grow-area";
import css from "./suggestions.module.css";

type Props = { text: string; send: string; busy: boolean; onCancel: () => void; onSend: (text: string) => void };

export function Edit({ text: was, send, busy, onCancel, onSend }: Props) {
  const [text, setText] = useState(was);
  const ready = text.trim() !== "" && !busy;
  return (
    <form
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (ready) onSend(text.trim());
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          onCancel();
        }
        if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
        if (event.target instanceof HTMLButtonElement) return;
        event.preventDefault();
        if (ready) onSend(text.trim());
      }}
    >
      <GrowArea aria-label={t("suggestion.text")} autoFocus value={text} onChange={(event) => setText(event.target.value)} />
      <div className={css.verbs}>
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button type="submit" look="primary" disabled={!ready}>
          {send}
        </Button>
      </div>
    </form>
  );
}

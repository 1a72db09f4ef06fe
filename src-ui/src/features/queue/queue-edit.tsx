import { useState } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { GrowArea } from "../../ui/grow-area";
import css from "./queue.module.css";

type Props = { text: string; busy: boolean; onCancel: () => void; onSave: (text: string) => void };

export function QueueEdit({ text: was, busy, onCancel, onSave }: Props) {
  const [text, setText] = useState(was);
  const blank = text.trim() === "";
  return (
    <form
      className={css.edit}
      onSubmit={(event) => {
        event.preventDefault();
        if (!blank) onSave(text);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          onCancel();
        }
        if (event.key === "Enter" && !event.shiftKey && !event.nativeEvent.isComposing) {
          event.preventDefault();
          if (!blank && !busy) onSave(text);
        }
      }}
    >
      <GrowArea aria-label={t("queue.edit")} autoFocus value={text} onChange={(event) => setText(event.target.value)} />
      <div className={css.verbs}>
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button type="submit" look="primary" disabled={blank || busy}>
          {t("save")}
        </Button>
      </div>
    </form>
  );
}

import { useState } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { GrowArea } from "../../ui/grow-area";
import css from "./foot.module.css";

type Props = {
  label: string;
  send: string;
  busy: boolean;
  onCancel: () => void;
  onSend: (reason: string) => void;
};

/** Asks for a reason before something is done that needs one. */
export function ReasonBox({ label, send, busy, onCancel, onSend }: Props) {
  const [reason, setReason] = useState("");
  const text = reason.trim();
  return (
    <form
      className={css.ask}
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== "" && !busy) onSend(text);
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") {
          event.preventDefault();
          onCancel();
        }
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey) && text !== "" && !busy) onSend(text);
      }}
    >
      <label className={css.note} htmlFor="reason">
        {label}
      </label>
      <GrowArea id="reason" autoFocus rows={2} value={reason} onChange={(event) => setReason(event.target.value)} />
      <div className={css.verbs}>
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button type="submit" look="primary" disabled={text === "" || busy}>
          {send}
        </Button>
      </div>
    </form>
  );
}

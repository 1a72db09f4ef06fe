import type { SuggestionView } from "../../gen/SuggestionView";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import type { Asking } from "./suggestion";
import css from "./suggestions.module.css";

type Props = {
  suggestion: SuggestionView;
  yours: boolean;
  busy: boolean;
  accept: string;
  onAccept: () => void;
  onAsk: (asking: Asking) => void;
  onWithdraw: () => void;
};

/** What the host lets this reader do; nothing for who only watches. */
export function Verbs({ suggestion, yours, busy, accept, onAccept, onAsk, onWithdraw }: Props) {
  const { you_may_accept, you_may_edit, you_may_drop } = suggestion;
  if (!you_may_accept && !you_may_edit && !you_may_drop) return <p className={css.note}>{t("suggestion.waits")}</p>;
  return (
    <div className={css.verbs}>
      {yours && !you_may_accept && <span className={css.note}>{t("suggestion.waits")}</span>}
      {you_may_drop && (
        <Button look="quiet" disabled={busy} onClick={() => (yours ? onWithdraw() : onAsk("drop"))}>
          {yours ? t("suggestion.withdraw") : t("suggestion.drop")}
        </Button>
      )}
      {you_may_edit && (
        <Button disabled={busy} onClick={() => onAsk(you_may_accept ? "edit_and_accept" : "edit")}>
          {you_may_accept ? t("suggestion.edit_and_accept") : t("queue.edit")}
        </Button>
      )}
      {you_may_accept && (
        <Button look="primary" disabled={busy} onClick={onAccept}>
          {accept}
        </Button>
      )}
    </div>
  );
}

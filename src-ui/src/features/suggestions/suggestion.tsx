import { useState } from "react";
import type { SuggestionView } from "../../gen/SuggestionView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { isYou, nameWithin, personOf } from "../../state/people";
import { useAct } from "../../state/act";
import { Face } from "../../ui/face";
import { Drop } from "./drop";
import { Edit } from "./edit";
import { Verbs } from "./verbs";
import css from "./suggestions.module.css";

type Props = { room: Room; session: string; suggestion: SuggestionView };
export type Asking = "edit" | "edit_and_accept" | "drop" | null;

/** One suggestion with what its reader may do; its author stays its author whoever accepts it (TU2). */
export function Suggestion({ room, session, suggestion }: Props) {
  const [asking, setAsking] = useState<Asking>(null);
  const { act, busy } = useAct();
  const yours = isYou(room, suggestion.author);
  const params = { session, suggestion: suggestion.suggestion };
  const delivery = room.view?.you.may.prompt_now ? ("now" as const) : ("queue" as const);
  const accept = (text: string | null) =>
    act({ method: "accept_suggestion", params: { ...params, revision: suggestion.revision, text, delivery } });
  const drop = (reason: string | null) => act({ method: "drop_suggestion", params: { ...params, reason } });
  const close = () => setAsking(null);
  return (
    <li className={css.card} aria-label={t("suggestion.by", { name: personOf(room, suggestion.author).name })}>
      <p className={css.who}>
        <Face person={personOf(room, suggestion.author)} size="s" />
        <b>{yours ? t("suggestion.yours") : t("suggestion.theirs", { name: personOf(room, suggestion.author).name })}</b>
        {suggestion.edited_by !== null && (
          <small>{t("suggestion.edited_by", { name: nameWithin(room, suggestion.edited_by) })}</small>
        )}
        {suggestion.held && <small className={css.held}>{t("held.author_muted")}</small>}
      </p>
      {asking === "edit" || asking === "edit_and_accept" ? (
        <Edit
          text={suggestion.body.text}
          send={asking === "edit" ? t("save") : acceptWord(delivery)}
          busy={busy}
          onCancel={close}
          onSend={async (text) => {
            const change = text === suggestion.body.text ? null : text;
            if (asking === "edit_and_accept") return (await accept(change)) && close();
            if (change === null || (await act({ method: "edit_suggestion", params: { ...params, text } }))) close();
          }}
        />
      ) : (
        // Its own focus, since a long one scrolls.
        <p className={css.text} tabIndex={0}>
          {suggestion.body.text}
        </p>
      )}
      {asking === "drop" && <Drop busy={busy} onCancel={close} onDrop={async (reason) => (await drop(reason)) && close()} />}
      {asking === null && (
        <Verbs
          suggestion={suggestion}
          yours={yours}
          busy={busy}
          accept={acceptWord(delivery)}
          onAccept={() => accept(null)}
          onAsk={setAsking}
          onWithdraw={() => drop(null)}
        />
      )}
    </li>
  );
}

function acceptWord(delivery: "now" | "queue"): string {
  return delivery === "now" ? t("suggestion.accept") : t("suggestion.accept_queue");
}

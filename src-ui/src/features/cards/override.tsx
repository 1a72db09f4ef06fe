import { useState } from "react";
import type { Verdict } from "../../gen/Verdict";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { Button } from "../../ui/button";
import { GrowArea } from "../../ui/grow-area";
import css from "./foot.module.css";

type Props = { session: string; ballot: string; onDone: () => void };

/** The owner's own act beside the vote: it has a reason and everybody sees it (BA7). */
export function Override({ session, ballot, onDone }: Props) {
  const [reason, setReason] = useState("");
  const { act, busy } = useAct();
  const blank = reason.trim() === "";
  const decide = async (verdict: Verdict) => {
    const params = { session, ballot, verdict, reason: reason.trim() };
    if (await act({ method: "override_ballot", params })) onDone();
  };
  return (
    <div
      className={css.ask}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onDone();
      }}
    >
      <label className={css.note} htmlFor="override">
        {t("plan.override_label")}
      </label>
      <GrowArea id="override" autoFocus value={reason} onChange={(event) => setReason(event.target.value)} />
      <div className={css.verbs}>
        <Button onClick={onDone}>{t("cancel")}</Button>
        <Button look="danger" disabled={blank || busy} onClick={() => decide("denied")}>
          {t("plan.override_deny")}
        </Button>
        <Button look="primary" disabled={blank || busy} onClick={() => decide("approved")}>
          {t("plan.override_approve")}
        </Button>
      </div>
    </div>
  );
}

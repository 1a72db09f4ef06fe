import { useId, useState } from "react";
import type { Invited } from "../../gen/Invited";
import type { ShareRow } from "../../gen/ShareRow";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Select } from "../../ui/select";
import { Tick } from "../../ui/tick";
import { Wrong } from "../../ui/wrong";
import type { InviteFor } from "./invite-result";
import { INVITE_LIVES, MOST_USES } from "./wish";
import { spanWords } from "./span-words";
import css from "./sharing.module.css";

type Props = { row: ShareRow; onCancel: () => void; onMade: (invited: Invited, terms: InviteFor) => void };

/** A further invite: for how many, for how long, and whether each is let in by hand (SH2). */
export function NewInvite({ row, onCancel, onMade }: Props) {
  const id = useId();
  const [uses, setUses] = useState("1");
  const [lifetime, setLifetime] = useState(INVITE_LIVES[1]);
  const [consent, setConsent] = useState(row.terms.consent);
  const { attempt, busy, wrong } = useAttempt();
  const count = Number(uses);
  const ready = !busy && Number.isInteger(count) && count >= 1 && count <= MOST_USES;
  return (
    <form
      className={css.form}
      onSubmit={async (event) => {
        event.preventDefault();
        if (!ready) return;
        const reply = await attempt({ method: "mint_invite", params: { share: row.share, uses: count, lifetime, consent } });
        if (reply?.kind === "invited") onMade(reply.invite, { uses: count, lifetime });
      }}
    >
      <div className={css.pairs}>
        <label htmlFor={`${id}-uses`}>{t("invite.uses")}</label>
        <Field
          id={`${id}-uses`}
          type="number"
          inputMode="numeric"
          min={1}
          max={MOST_USES}
          autoFocus
          value={uses}
          onChange={(event) => setUses(event.target.value)}
        />
        <label htmlFor={`${id}-life`}>{t("invite.lifetime")}</label>
        <Select
          id={`${id}-life`}
          value={String(lifetime)}
          options={INVITE_LIVES.map((span) => [String(span), spanWords(span)])}
          onChange={(value) => setLifetime(Number(value))}
        />
      </div>
      <Tick checked={consent} onChange={setConsent}>
        {t("share.consent")}
      </Tick>
      {!consent && (
        <p className={css.note}>{row.terms.browser_guests ? t("invite.no_consent_browsers") : t("invite.no_consent")}</p>
      )}
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button onClick={onCancel}>{t("cancel")}</Button>
        <Button type="submit" look="primary" disabled={!ready}>
          {t("share.make")}
        </Button>
      </div>
    </form>
  );
}

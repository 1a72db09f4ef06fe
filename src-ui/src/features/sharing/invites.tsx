import { t, tn } from "../../messages/t";
import { useAct } from "../../state/act";
import { useAsked } from "../../state/asked";
import { Button } from "../../ui/button";
import { timeOfDay, useNow } from "../../ui/time";
import css from "./sharing.module.css";

/** Invites that still let somebody in; their secrets are never shown again (SH2). */
export function Invites({ share, onChanged }: { share: string; onChanged: () => void }) {
  const { answer, again } = useAsked({ method: "invites", params: { share } }, "invites");
  const { act, busy } = useAct();
  const now = useNow();
  const cancel = async (invite: string) => {
    if (!(await act({ method: "cancel_invite", params: { invite } }))) return;
    again();
    onChanged();
  };
  return (
    <ul role="list" className={css.invites} aria-label={t("invites.label")}>
      {(answer?.invites ?? []).map(({ invite, terms, used }) => (
        <li key={invite} className={css.invite}>
          <span>
            {tn("invite.open", terms.uses - used)} · {t("share.until", { time: timeOfDay(terms.expires_at, now) })}
          </span>
          <Button look="link" disabled={busy} onClick={() => cancel(invite)}>
            {t("invite.cancel")}
          </Button>
        </li>
      ))}
    </ul>
  );
}

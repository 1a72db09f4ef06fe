import type { Invited } from "../../gen/Invited";
import { t, tn } from "../../messages/t";
import { CopyLine } from "../../ui/copy-line";
import { Qr } from "../../ui/qr";
import { spanWords } from "./span-words";
import { INVITE_LIVES } from "./wish";
import css from "./sharing.module.css";

export type InviteFor = { uses: number; lifetime: number };
export const FIRST: InviteFor = { uses: 1, lifetime: INVITE_LIVES[1] };

type Props = { invited: Invited; terms: InviteFor; browsers: boolean };

/** A fresh invite, shown once: by browser or by program, with the fingerprint to compare (SH2, PA11). */
export function InviteResult({ invited, terms, browsers }: Props) {
  return (
    <div className={css.result}>
      <p className={css.note}>
        {tn("invite.for", terms.uses)}, {t("invite.good_for", { time: spanWords(terms.lifetime) })} {t("invite.about")}
      </p>
      <div className={css.ways}>
        <Qr text={browsers ? invited.link : invited.code} label={t("invite.qr")} />
        <div className={css.lines}>
          {browsers && <CopyLine label={t("invite.link")} text={invited.link} />}
          <CopyLine label={t("invite.code")} text={invited.code} />
          <CopyLine label={t("invite.fingerprint")} text={invited.fingerprint} whole />
        </div>
      </div>
      <p className={css.note}>{proof(browsers, invited.verified)}</p>
    </div>
  );
}

/** How whoever comes knows that it is this host (PA11). */
function proof(browsers: boolean, verified: boolean): string {
  if (!browsers) return t("invite.verified");
  return verified ? t("invite.trusted") : t("invite.unverified");
}

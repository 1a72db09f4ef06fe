import type { Invited } from "../../gen/Invited";
import { t } from "../../messages/t";
import { CopyLine } from "../../ui/copy-line";
import { Qr } from "../../ui/qr";
import css from "./sharing.module.css";

type Props = { invited: Invited; browsers: boolean };

/** A fresh invite, shown once: by browser or by program, with the fingerprint to compare (SH2, PA11). */
export function InviteResult({ invited, browsers }: Props) {
  return (
    <div className={css.result}>
      <p className={css.note}>{t("invite.about")}</p>
      <div className={css.ways}>
        <Qr text={browsers ? invited.link : invited.code} label={t("invite.qr")} />
        <div className={css.lines}>
          {browsers && <CopyLine label={t("invite.link")} text={invited.link} />}
          <CopyLine label={t("invite.code")} text={invited.code} />
          <CopyLine label={t("invite.fingerprint")} text={invited.fingerprint} whole />
        </div>
      </div>
      <p className={css.note}>{browsers ? t("invite.unverified") : t("invite.verified")}</p>
    </div>
  );
}

import { ShieldQuestion } from "lucide-react";
import type { Welcome } from "../../gen/Welcome";
import { t } from "../../messages/t";
import { useDoor } from "../../state/door";
import { setTaste, useTaste } from "../../state/taste";
import { Button } from "../../ui/button";
import css from "./door.module.css";

/** A browser can't check the host's key: said once for each host (PA11). */
export function Unverified({ welcome }: { welcome: Welcome | null }) {
  const { unverified } = useTaste();
  const fingerprint = useDoor()?.fingerprint;
  if (!welcome?.unverified || unverified.includes(welcome.host)) return null;
  return (
    <div className={css.unverified} role="note">
      <ShieldQuestion size={15} aria-hidden />
      <div className={css.told}>
        <p>{t("door.unverified")}</p>
        {fingerprint && <code aria-label={t("door.fingerprint")}>{fingerprint}</code>}
      </div>
      <Button look="ghost" onClick={() => setTaste({ unverified: [...unverified, welcome.host] })}>
        {t("door.unverified_seen")}
      </Button>
    </div>
  );
}

import { t } from "../../messages/t";
import { useDoor } from "../../state/door";
import css from "./fingerprint.module.css";

/** What the invite says of its host's key, to be compared with what the owner reads out (PA11). */
export function Fingerprint() {
  const fingerprint = useDoor()?.fingerprint;
  if (!fingerprint) return null;
  return (
    <section className={css.fingerprint} aria-label={t("door.fingerprint")}>
      <h2>{t("door.fingerprint")}</h2>
      <code>{fingerprint}</code>
      <p>{t("door.fingerprint_about")}</p>
    </section>
  );
}

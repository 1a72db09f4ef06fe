import { t } from "../../messages/t";
import css from "./composer.module.css";

/** The room asks for votes, and this agent waits for none (BA13). */
export function AdvisoryChip() {
  return (
    <span className={css.advisory} title={t("advisory.about")}>
      {t("advisory")}
    </span>
  );
}

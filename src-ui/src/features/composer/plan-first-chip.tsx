import { t } from "../../messages/t";
import css from "./composer.module.css";

/** A plan comes before edits and commands here; one that can put no plan to people gets nowhere (BA13). */
export function PlanFirstChip({ stuck }: { stuck: boolean }) {
  if (stuck)
    return (
      <span className={css.advisory} title={t("plan_first.stuck_about")}>
        {t("plan_first.stuck")}
      </span>
    );
  return (
    <span className={css.memory} title={t("plan_first.about")}>
      {t("plan_first")}
    </span>
  );
}

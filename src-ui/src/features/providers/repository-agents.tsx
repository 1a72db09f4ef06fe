import { useId } from "react";
import { t } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { Wrong } from "../../ui/wrong";
import { RepositoryRow } from "./repository-row";
import css from "./providers.module.css";

/** The named agents that repositories bring, for the owner to read and trust (AG12). */
export function RepositoryAgents() {
  const id = useId();
  const { answer, wrong, again } = useAsked({ method: "repository_agents" }, "repository_agents");
  if (wrong) return <Wrong wrong={wrong} />;
  if (answer === null || answer.repositories.length === 0) return null;
  return (
    <section className={css.brought} aria-labelledby={id}>
      <h3 id={id} className={css.name}>
        {t("providers.brought")}
      </h3>
      <p className={css.note}>{t("providers.brought_about")}</p>
      <ul role="list" className={css.rows}>
        {answer.repositories.map((row) => (
          <RepositoryRow key={row.repository} row={row} again={again} />
        ))}
      </ul>
    </section>
  );
}

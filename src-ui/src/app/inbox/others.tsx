import { t } from "../../messages/t";
import { openSession } from "../../state/open-session";
import { titleOf } from "../../state/session-title";
import type { WaitingIn } from "./use-waiting";
import css from "./inbox.module.css";

/** Sessions that wait for somebody else: to be looked at, not to be settled. */
export function Others({ all }: { all: readonly WaitingIn[] }) {
  return (
    <section className={css.others} aria-label={t("inbox.others")}>
      <h2>{t("inbox.others")}</h2>
      <ul role="list">
        {all.map(({ key, row, host, place }) => (
          <li key={key}>
            <button type="button" className={css.other} onClick={() => openSession(row.session, host)}>
              <span className={css.number}>#{row.number}</span>
              <span className={css.otherTitle}>{titleOf(row)}</span>
              <span className={css.place}>{place}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

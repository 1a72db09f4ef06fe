import { Play } from "lucide-react";
import type { Directory } from "../../gen/Directory";
import { t } from "../../messages/t";
import { useTrySample } from "../../state/try-sample";
import { Button } from "../../ui/button";
import { Mark } from "../../ui/mark";
import { Begin } from "./begin";
import css from "./welcome.module.css";

/** The first minute on a host without a session: see it work, or begin with a repository of one's own. */
export function Welcome({ directory }: { directory: Directory }) {
  const { trySample, busy } = useTrySample();
  const first = directory.repositories.length === 0;
  return (
    <div className={css.page}>
      <div className={css.inner}>
        <Mark />
        <div>
          <h2 className={css.title}>{first ? t("welcome.title") : t("welcome.next_title")}</h2>
          <p>{t("welcome.about")}</p>
        </div>
        {first && (
          <section className={css.choice} aria-label={t("try")}>
            <div className={css.words}>
              <h3>{t("welcome.try")}</h3>
              <p>{t("try.about")}</p>
            </div>
            <Button look="primary" disabled={busy} onClick={trySample}>
              <Play size={13} fill="currentColor" aria-hidden /> {busy ? t("try.making") : t("try")}
            </Button>
          </section>
        )}
        <section className={css.form}>
          {first && <h3>{t("welcome.own")}</h3>}
          <Begin directory={directory} />
        </section>
      </div>
    </div>
  );
}

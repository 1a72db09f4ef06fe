import { Play } from "lucide-react";
import { t } from "../../messages/t";
import { useAddRepository } from "../../state/add-repository";
import { useTrySample } from "../../state/try-sample";
import { Button } from "../../ui/button";
import { Mark } from "../../ui/mark";
import { RepositoryForm } from "../../ui/repository-form";
import { AgentsFound } from "./agents-found";
import css from "./welcome.module.css";

/** The first minute on a new host: see it work, or begin with a repository of one's own. */
export function Welcome() {
  const { trySample, busy } = useTrySample();
  const { add, busy: adding, wrong } = useAddRepository();
  return (
    <div className={css.page}>
      <div className={css.inner}>
        <Mark />
        <div>
          <h1>{t("welcome.title")}</h1>
          <p>{t("welcome.about")}</p>
        </div>
        <section className={css.choice} aria-label={t("try")}>
          <div className={css.words}>
            <h2>{t("welcome.try")}</h2>
            <p>{t("try.about")}</p>
          </div>
          <Button look="primary" disabled={busy} onClick={trySample}>
            <Play size={13} fill="currentColor" aria-hidden /> {busy ? t("try.making") : t("try")}
          </Button>
        </section>
        <section className={css.form}>
          <h2>{t("welcome.own")}</h2>
          <RepositoryForm busy={adding} wrong={wrong} onAdd={add} />
        </section>
        <AgentsFound />
      </div>
    </div>
  );
}

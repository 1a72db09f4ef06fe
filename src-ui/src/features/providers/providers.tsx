import { useAgents } from "../../state/index";
import { useChecks } from "../../state/checks";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { ProviderRow } from "./provider-row";
import { RepositoryAgents } from "./repository-agents";
import css from "./providers.module.css";

/** Every agent of the catalogue: where it is, how to get it, what it says of itself, and its switch (AG8). */
export function Providers({ onClose }: { onClose: () => void }) {
  const agents = useAgents().toSorted((a, b) => Number(b.found) - Number(a.found));
  const { open, wrong, check } = useChecks();
  const there = agents.filter((row) => row.found && row.enabled).map((row) => row.agent);
  return (
    <Dialog title={t("providers.title")} onClose={onClose} wide>
      <p className={css.note}>{t("providers.about")}</p>
      {agents.length === 0 ? (
        <p className={css.note}>{t("providers.none")}</p>
      ) : (
        <ul role="list" className={css.rows} aria-label={t("providers")}>
          {agents.map((row) => (
            <ProviderRow
              key={row.agent}
              row={row}
              asked={open[0] === row.agent ? "now" : open.includes(row.agent) ? "later" : null}
              wrong={wrong[row.agent] ?? null}
              onTest={() => check([row.agent])}
            />
          ))}
        </ul>
      )}
      <RepositoryAgents />
      <p className={css.note}>{t("providers.add")}</p>
      <div className={css.verbs}>
        <Button disabled={there.length === 0 || open.length > 0} onClick={() => check(there)}>
          {t("providers.test_all")}
        </Button>
        <Button look="primary" onClick={onClose}>
          {t("done")}
        </Button>
      </div>
    </Dialog>
  );
}

import { TriangleAlert, X } from "lucide-react";
import { t } from "../../messages/t";
import { askForRepository } from "../../state/adding";
import { dropClone, shortOf, useClones } from "../../state/clones";
import { Button } from "../../ui/button";
import { Dot } from "../../ui/dot";
import css from "./session-list.module.css";

/** What is being cloned, and what came to nothing: that leads to why, and to another try. */
export function CloneRows() {
  const clones = useClones();
  return (
    <div role="status" aria-label={t("clone.list")} className={css.clones}>
      {clones.map((clone) =>
        clone.wrong === null ? (
          <p key={clone.id} className={css.cloning} title={clone.from}>
            <Dot tone="run" label={t("clone.busy")} />
            <span className={css.name}>{t("clone.running", { name: shortOf(clone.from) })}</span>
          </p>
        ) : (
          <div key={clone.id} className={css.workspace}>
            <button type="button" className={css.row} title={clone.from} aria-haspopup="dialog" onClick={() => askForRepository({ again: clone })}>
              <TriangleAlert size={13} aria-hidden className={css.sign} />
              <span className={css.name}>{t("clone.failed", { name: shortOf(clone.from) })}</span>
            </button>
            <Button look="quiet" square className={css.add} aria-label={t("clone.drop", { name: shortOf(clone.from) })} title={t("dismiss")} onClick={() => dropClone(clone.id)}>
              <X size={14} aria-hidden />
            </Button>
          </div>
        ),
      )}
    </div>
  );
}

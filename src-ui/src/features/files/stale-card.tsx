import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { CopyText } from "./copy-text";
import css from "./files.module.css";

type Props = { mine: string; busy: boolean; onRead: () => void };

/** Somebody else wrote the file meanwhile: nothing is written over it. */
export function StaleCard({ mine, busy, onRead }: Props) {
  return (
    <div className={css.stale} role="alert">
      <p>
        <b>{t("files.stale")}</b> <span>{t("files.stale_about")}</span>
      </p>
      <div className={css.verbs}>
        <CopyText label={t("files.copy_mine")} text={mine} />
        <Button look="primary" disabled={busy} onClick={onRead}>
          {t("files.read_again")}
        </Button>
      </div>
    </div>
  );
}

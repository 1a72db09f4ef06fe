import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import css from "./files.module.css";

type Props = { path: string; onClose: () => void; onDrop: () => void };

/** Unsaved text goes only after a question. */
export function DropEdit({ path, onClose, onDrop }: Props) {
  return (
    <Dialog title={t("files.drop_title", { path })} onClose={onClose}>
      <p>{t("files.drop_about")}</p>
      <div className={css.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("files.drop_keep")}
        </Button>
        <Button look="danger" onClick={onDrop}>
          {t("files.drop")}
        </Button>
      </div>
    </Dialog>
  );
}

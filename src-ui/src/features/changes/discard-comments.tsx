import { t } from "../../messages/t";
import type { LineComments } from "../../state/line-comments";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import css from "./comments.module.css";

/** Discards all comments, only after a question. */
export function DiscardComments({ comments, onClose }: { comments: LineComments; onClose: () => void }) {
  return (
    <Dialog title={t("comments.discard_title")} onClose={onClose}>
      <p className={css.about}>{t("comments.discard_about")}</p>
      <div className={css.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("comments.keep")}
        </Button>
        <Button
          look="danger"
          onClick={() => {
            comments.takeAway(comments.all);
            onClose();
          }}
        >
          {t("comments.discard")}
        </Button>
      </div>
    </Dialog>
  );
}

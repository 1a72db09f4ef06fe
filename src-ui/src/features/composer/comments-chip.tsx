import { MessageSquareText, X } from "lucide-react";
import { t, tn } from "../../messages/t";
import { useOpenChanges } from "../../state/changes";
import { Button } from "../../ui/button";
import type { Comments } from "./use-comments";
import css from "./paste-chips.module.css";

/** Comments on changes that go along, with a way to leave them out this time. */
export function CommentsChip({ workspace, comments: { count, left, leave } }: { workspace: string; comments: Comments }) {
  const show = useOpenChanges();
  if (count === 0) return null;
  return (
    <div className={css.pastes}>
      <div className={css.chips}>
        {left ? (
          <p className={css.stay}>
            {tn("comments.stay", count)}
            <Button look="link" onClick={() => leave(false)}>
              {t("comments.take")}
            </Button>
          </p>
        ) : (
          <div className={css.chip}>
            <button type="button" className={css.show} title={t("comments.show")} onClick={() => show(workspace)}>
              <MessageSquareText size={13} aria-hidden />
              <span className={css.begins}>{tn("comments.along", count)}</span>
            </button>
            <Button look="quiet" square className={css.remove} aria-label={t("comments.leave")} title={t("comments.leave")} onClick={() => leave(true)}>
              <X size={13} aria-hidden />
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

import { MessageSquareText, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ChangedFile } from "../../gen/ChangedFile";
import { t, tn } from "../../messages/t";
import { inOrder, linesWords } from "../../state/comment-words";
import type { LineComment, LineComments } from "../../state/line-comments";
import { Button } from "../../ui/button";
import { Popover } from "../../ui/popover";
import { DiscardComments } from "./discard-comments";
import { removing } from "./removing";
import css from "./comments.module.css";

type Props = { comments: LineComments; files: readonly ChangedFile[]; onJump: (comment: LineComment) => void };

/** How many comments there are, the way to each, and to be rid of all. */
export function CommentsHead({ comments, files, onJump }: Props) {
  const [asking, ask] = useState(false);
  const { all } = comments;
  if (all.length === 0) return null;
  return (
    <>
      <Popover
        label={t("comments.list")}
        place="below-start"
        trigger={(props) => (
          <Button look="quiet" title={t("comments.list")} {...props}>
            <MessageSquareText size={14} aria-hidden />
            {tn("comments.count", all.length)}
          </Button>
        )}
      >
        {(close) => (
          <div className={css.menu}>
            <ul role="list" className={css.list}>
              {inOrder(all).map((one) => (
                <li key={one.id} className={css.item}>
                  <button
                    type="button"
                    className={css.jump}
                    disabled={files.every(({ path }) => path !== one.path)}
                    onClick={() => {
                      close();
                      onJump(one);
                    }}
                  >
                    <span className={css.path}>{one.path}</span>
                    <small>{files.some(({ path }) => path === one.path) ? linesWords(one) : t("comments.gone")}</small>
                    <span className={css.begins}>{one.text}</span>
                  </button>
                  <Button look="quiet" square aria-label={t("comments.delete")} title={t("comments.delete")} onClick={() => removing(comments)(one)}>
                    <Trash2 size={13} aria-hidden />
                  </Button>
                </li>
              ))}
            </ul>
            <Button
              look="quiet"
              className={css.discard}
              onClick={() => {
                close();
                ask(true);
              }}
            >
              {t("comments.discard")}
            </Button>
          </div>
        )}
      </Popover>
      {asking && <DiscardComments comments={comments} onClose={() => ask(false)} />}
    </>
  );
}

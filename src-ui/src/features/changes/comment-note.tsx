import { Pencil, Trash2 } from "lucide-react";
import { useEffect, useRef } from "react";
import { t } from "../../messages/t";
import { linesWords } from "../../state/comment-words";
import type { LineComment, LineComments } from "../../state/line-comments";
import { Button } from "../../ui/button";

import { useJump } from "./jump";
import { removing } from "./removing";
import css from "./comments.module.css";

type Props = { comment: LineComment; comments: LineComments; /** What became of its line. */ about?: string };

/** One comment, with what can be done with it. */
export function CommentNote({ comment, comments, about }: Props) {
  const remove = removing(comments);
  const { wanted, reached, typing } = useJump();
  const ref = useRef<HTMLElement>(null);
  const here = wanted === comment.id;
  useEffect(() => {
    if (!here) return;
    ref.current?.scrollIntoView({ block: "center" });
    ref.current?.focus({ preventScroll: true });
    reached();
  }, [here, reached]);
  const edit = () => {
    typing.current = true;
    comments.write(withoutText(comment));
  };
  return (
    <article ref={ref} tabIndex={-1} className={css.note} aria-label={t("comments.on", { lines: linesWords(comment) })}>
      <header className={css.noteHead}>
        <p className={css.where}>
          {linesWords(comment)}
          {about && <span className={css.about}>{about}</span>}
        </p>
        <Button look="quiet" square aria-label={t("comments.edit")} title={t("comments.edit")} onClick={edit}>
          <Pencil size={13} aria-hidden />
        </Button>
        <Button look="quiet" square aria-label={t("comments.delete")} title={t("comments.delete")} onClick={() => remove(comment)}>
          <Trash2 size={13} aria-hidden />
        </Button>
      </header>
      {about && <pre className={css.quoted}>{comment.texts.join("\n")}</pre>}
      <p className={css.said}>{comment.text}</p>
    </article>
  );
}

function withoutText({ text: _, ...lines }: LineComment) {
  return lines;
}

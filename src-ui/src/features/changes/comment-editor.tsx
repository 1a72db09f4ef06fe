import { useEffect, useRef, type KeyboardEvent } from "react";
import { t } from "../../messages/t";
import { linesWords } from "../../state/comment-words";
import { printed } from "../../state/keys";
import { useCommentText, type LineComments, type Writing } from "../../state/line-comments";
import { Button } from "../../ui/button";
import { GrowArea } from "../../ui/grow-area";
import { useJump } from "./jump";
import { spotKey } from "./lines";
import css from "./comments.module.css";

type Props = { workspace: string; comments: LineComments; writing: Writing };

/** Where a comment is written, below its line. */
export function CommentEditor({ workspace, comments, writing }: Props) {
  const [text, setText] = useCommentText(workspace);
  const { typing } = useJump();
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (typing.current) area.current?.focus();
  }, [typing, writing.id, writing.path, writing.side, writing.to]);
  const then = (what: () => void) => (from: HTMLElement) => {
    backToLine(from, writing);
    what();
  };
  const [save, stop] = [then(comments.save), then(comments.stop)];
  const press = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.nativeEvent.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") stop(event.currentTarget);
    else if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save(event.currentTarget);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <form
      className={css.editor}
      aria-label={t("comments.on", { lines: linesWords(writing) })}
      onSubmit={(event) => {
        event.preventDefault();
        save(event.currentTarget);
      }}
      onKeyDown={press}
    >
      <p className={css.where}>{linesWords(writing)}</p>
      <GrowArea
        ref={area}
        rows={2}
        className={css.area}
        aria-label={t("comments.text")}
        placeholder={t("comments.placeholder")}
        value={text}
        onFocus={() => (typing.current = true)}
        onBlur={(event) => (typing.current = !event.currentTarget.isConnected)}
        onChange={(event) => setText(event.target.value)}
      />
      <div className={css.verbs}>
        <Button look="quiet" onClick={(event) => stop(event.currentTarget)}>
          {t("cancel")}
        </Button>
        <Button type="submit" look="primary" disabled={text.trim() === ""} title={printed("Mod+Enter")}>
          {t("comments.save")}
        </Button>
      </div>
    </form>
  );
}

/** Keys go on from where they came. */
function backToLine(from: HTMLElement, { side, to }: Writing): void {
  from.closest("[data-hunks]")?.querySelector<HTMLElement>(`[data-line="${spotKey({ side, at: to })}"]`)?.focus();
}

import type { ChangeLine } from "../../gen/ChangeLine";
import { CommentEditor } from "./comment-editor";
import { CommentNote } from "./comment-note";
import type { Commenting } from "./commenting";
import { spotKeys } from "./lines";
import css from "./comments.module.css";

type Props = { workspace: string; commenting: Commenting; /** In one row. */ lines: readonly (ChangeLine | null)[]; split: boolean };

/** What was said of these lines, and what is being written. */
export function UnderLine({ workspace, commenting: { comments, under, writingAt }, lines, split }: Props) {
  const keys = [...new Set(lines.flatMap((line) => (line ? spotKeys(line) : [])))];
  const notes = keys.flatMap((key) => under.get(key) ?? []);
  const writing = writingAt !== null && keys.includes(writingAt) ? comments.writing : null;
  if (notes.length === 0 && !writing) return null;
  const all = (
    <div className={css.under}>
      {notes.map((one) => (
        <CommentNote key={one.id} comment={one} comments={comments} />
      ))}
      {writing && <CommentEditor workspace={workspace} comments={comments} writing={writing} />}
    </div>
  );
  if (!split) return all;
  return (
    <div role="row">
      <div role="cell" aria-colspan={2}>
        {all}
      </div>
    </div>
  );
}

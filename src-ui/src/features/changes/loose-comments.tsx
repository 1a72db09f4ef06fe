import type { ChangeHunk } from "../../gen/ChangeHunk";
import { t } from "../../messages/t";
import { CommentEditor } from "./comment-editor";
import { CommentNote } from "./comment-note";
import type { Commenting } from "./commenting";
import { standing } from "./lines";
import css from "./comments.module.css";

type Props = { workspace: string; commenting: Commenting; hunks: readonly ChangeHunk[] };

/** At a file's head: comments whose lines are not as they were, or not in view. */
export function LooseComments({ workspace, commenting: { comments, loose, looseWriting }, hunks }: Props) {
  if (loose.length === 0 && !looseWriting) return null;
  return (
    <div className={css.loose}>
      {loose.map((one) => (
        <CommentNote key={one.id} comment={one} comments={comments} about={t(standing(hunks, one) === "changed" ? "comments.changed" : "comments.unseen")} />
      ))}
      {looseWriting && <CommentEditor workspace={workspace} comments={comments} writing={looseWriting} />}
    </div>
  );
}

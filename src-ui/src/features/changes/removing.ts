import { t } from "../../messages/t";
import type { LineComment, LineComments } from "../../state/line-comments";
import { tellDone } from "../../state/toasts";

/** Deletes a comment, and offers it back. */
export function removing({ remove, restore }: LineComments): (comment: LineComment) => void {
  return (comment) => {
    remove(comment.id);
    tellDone(t("comments.deleted"), { label: t("comments.undo"), run: () => restore([comment]) });
  };
}

import { t } from "../../messages/t";
import type { LineComment, LineComments } from "../../state/line-comments";
import { addToast } from "../../state/toasts";

/** Deletes a comment, and offers it back. */
export function removing({ remove, restore }: LineComments): (comment: LineComment) => void {
  return (comment) => {
    remove(comment.id);
    addToast({ message: t("comments.deleted"), hint: null, action: { label: t("comments.undo"), run: () => restore([comment]) } });
  };
}

import { t } from "../messages/t";
import { useIsEditing } from "../state/edits";
import type { Shown } from "./use-open-tabs";

/** What words can be looked for in, by the key of `useFinding`. */
export type Finds = { key: string | null; words: string };

/** Of what is in front. A text that is written by hand is left to the browser, which finds in it. */
export function useFinds(front: Shown | null): Finds {
  const place = front?.other?.store.place ?? "";
  const editing = useIsEditing(front?.files ? place + front.files.workspace : null);
  if (front?.changes) return { key: `${place}changes/${front.changes.workspace}`, words: t("find.changes") };
  if (front?.files) return { key: editing ? null : `${place}files/${front.files.workspace}`, words: t("find.file") };
  return { key: front?.row ? place + front.row.session : null, words: t("find") };
}

import { t } from "../messages/t";
import { useHasReader } from "../state/finding";
import type { Shown } from "./use-open-tabs";

/** What words can be looked for in, by the key of `useFinding`. */
export type Finds = { key: string | null; words: string };

/** Of what is in front. Where it has nothing to look through, or is written by hand, it is left to the browser. */
export function useFinds(front: Shown | null): Finds {
  const { key, words } = findsOf(front);
  return { key: useHasReader(key) ? key : null, words };
}

function findsOf(front: Shown | null): Finds {
  const place = front?.other?.store.place ?? "";
  if (front?.changes) return { key: `${place}changes/${front.changes.workspace}`, words: t("find.changes") };
  if (front?.files) return { key: `${place}files/${front.files.workspace}`, words: t("find.file") };
  return { key: front?.row ? place + front.row.session : null, words: t("find") };
}

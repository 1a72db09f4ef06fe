import { UnfoldVertical } from "lucide-react";
import type { MouseEvent } from "react";
import { t, tn } from "../../messages/t";
import { STEP, type Gap } from "./around";
import css from "./changes.module.css";

/** Where unchanged lines are left out, with the way to see more of them there (CH12). */
export function GapRow({ gap: { key, left, more }, onWiden }: { gap: Gap; onWiden: (gap: string) => void }) {
  const words = left === null ? t("changes.below") : tn("changes.left_out", left);
  if (!more) return <p className={css.gap}>{words}</p>;
  const widen = ({ currentTarget }: MouseEvent<HTMLElement>) => {
    // It goes with its last lines, and keys stay among them.
    if (left !== null && left <= 2 * STEP) currentTarget.closest<HTMLElement>("[data-hunks]")?.focus();
    onWiden(key);
  };
  return (
    <button type="button" className={css.gap} aria-label={left === null ? undefined : t("changes.widen", { words })} onClick={widen}>
      <UnfoldVertical size={12} aria-hidden />
      {words}
    </button>
  );
}

import { t } from "../messages/t";
import css from "./counts.module.css";

/** `+9 −2`, read aloud as words. */
export function Counts({ added, removed }: { added: number; removed: number }) {
  return (
    <span className={css.counts} role="img" aria-label={t("diff.counts", { added, removed })}>
      {added > 0 && <span className={css.add}>+{added}</span>}
      {removed > 0 && <span className={css.del}>−{removed}</span>}
      {added === 0 && removed === 0 && <span>±0</span>}
    </span>
  );
}

import type { ChangedHow } from "../gen/ChangedHow";
import { t } from "../messages/t";
import { cx } from "./cx";
import css from "./how-mark.module.css";

const SIGNS: Record<ChangedHow, string> = { added: "A", modified: "M", deleted: "D", moved: "R", retyped: "T" };

/** What became of a file, by the letter that git has for it; its name says it in words. */
export function HowMark({ how }: { how: ChangedHow }) {
  const words = t(`changes.how.${how}`);
  return (
    <span className={cx(css.how, css[how])} role="img" aria-label={words} title={words}>
      {SIGNS[how]}
    </span>
  );
}

import { memo, useMemo, useState } from "react";
import { t, tn } from "../messages/t";
import { Button } from "./button";
import { cx } from "./cx";
import { unified, type DiffLine } from "./unified";
import css from "./diff.module.css";

const FOLD_AT = 24;
const FOLD_TO = 16;
const SIGN = { add: "+", del: "-", ctx: " ", hunk: " " } as const;

type Props = { text: string; label: string; /** All of it was asked for. */ open?: boolean };

/** One file's change. Long ones fold; the sign, not only the colour, says what a line is. */
export const Diff = memo(function Diff({ text, label, open = false }: Props) {
  const lines = useMemo(() => unified(text), [text]);
  const [whole, setWhole] = useState(false);
  const shown = whole || open || lines.length <= FOLD_AT ? lines : lines.slice(0, FOLD_TO);
  return (
    <div className={css.diff}>
      <div className={css.scroll} tabIndex={0} role="group" aria-label={label}>
        <div className={css.lines}>
          {shown.map((line, index) => (
            <Line key={index} line={line} first={index === 0} />
          ))}
        </div>
      </div>
      {shown.length < lines.length && (
        <Button look="quiet" className={css.more} onClick={() => setWhole(true)}>
          {tn("diff.more", lines.length - shown.length)}
        </Button>
      )}
    </div>
  );
});

function Line({ line, first }: { line: DiffLine; first: boolean }) {
  if (line.kind === "hunk") return first ? null : <div className={css.hunk} aria-label={t("diff.skipped")} />;
  return (
    <div className={cx(css.line, css[line.kind])}>
      <span className={css.sign}>{SIGN[line.kind]}</span>
      {line.text || " "}
    </div>
  );
}

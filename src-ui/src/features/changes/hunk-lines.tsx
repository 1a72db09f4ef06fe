import { memo, useMemo } from "react";
import type { ChangeHunk } from "../../gen/ChangeHunk";
import type { ChangeLine } from "../../gen/ChangeLine";
import { t } from "../../messages/t";
import { cx } from "../../ui/cx";
import { paired, words, type Piece } from "./paired";
import css from "./changes.module.css";

type Props = { hunk: ChangeHunk; split: boolean; first: boolean };
type Marked = { line: ChangeLine; pieces: readonly Piece[] };

/** One place of a file that changed, with the lines around it. */
export const HunkLines = memo(function HunkLines({ hunk, split, first }: Props) {
  const rows = useMemo(() => paired(hunk.lines).map((pair) => ({ pair, marked: words(pair) })), [hunk]);
  const sides = rows.map(({ pair, marked }) => ({
    old: pair.old && { line: pair.old, pieces: marked.old },
    new: pair.new && { line: pair.new, pieces: marked.new },
  }));
  return (
    <div className={cx(css.hunk, split && css.beside)}>
      {!first && <div className={css.gap} role="separator" aria-label={t("diff.skipped")} />}
      {split
        ? sides.map((row, at) => (
            <div key={at} className={css.row}>
              <Line marked={row.old} side="old" />
              <Line marked={row.new} side="new" />
            </div>
          ))
        : below(sides).map((marked, at) => <Line key={at} marked={marked} side="both" />)}
    </div>
  );
});

/** All that was removed at a place before all that was added there, as a patch has them. */
function below(sides: readonly { old: Marked | null; new: Marked | null }[]): Marked[] {
  const lines: Marked[] = [];
  let come: Marked[] = [];
  for (const { old, new: now } of sides) {
    if (old && old.line.how === "same") {
      lines.push(...come, old);
      come = [];
      continue;
    }
    if (old) {
      lines.push(old);
    }
    if (now) come.push(now);
  }
  return [...lines, ...come];
}

function Line({ marked, side }: { marked: Marked | null; side: "old" | "new" | "both" }) {
  if (!marked) return <div className={cx(css.line, css.missing)} />;
  const { line, pieces } = marked;
  return (
    <div className={cx(css.line, css[line.how])}>
      {side !== "new" && <span className={css.number}>{line.old}</span>}
      {side !== "old" && <span className={css.number}>{line.new}</span>}
      <span className={css.sign}>{SIGN[line.how]}</span>
      <span className={css.text}>
        {pieces.map(([changed, text], at) => (changed ? <mark key={at}>{text}</mark> : text))}
        {line.cut > 0 && <em> {t("changes.cut", { count: line.cut })}</em>}
      </span>
      {line.open_end && (
        <span className={css.openEnd} title={t("changes.open_end")} role="img" aria-label={t("changes.open_end")}>
          ⊘
        </span>
      )}
    </div>
  );
}

const SIGN = { same: " ", added: "+", removed: "−" } as const;

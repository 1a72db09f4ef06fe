import { Fragment, memo, useMemo } from "react";
import type { ChangeHunk } from "../../gen/ChangeHunk";
import { t } from "../../messages/t";
import { cx } from "../../ui/cx";
import type { Commenting } from "./commenting";
import { HunkHead } from "./hunk-head";
import { HunkLine, type Marked } from "./hunk-line";
import { paired, words } from "./paired";
import { UnderLine } from "./under-line";
import css from "./changes.module.css";

type Props = { workspace: string; path: string; file: string; hunk: ChangeHunk; split: boolean; commenting: Commenting };
type Sides = { old: Marked | null; new: Marked | null };

/** Lines that are laid out, or left out of sight, together. */
const BLOCK = 100;

/** One place of a file that changed, with the lines around it. */
export const HunkLines = memo(function HunkLines({ workspace, path, file, hunk, split, commenting }: Props) {
  const rows = useMemo(() => paired(hunk.lines).map((pair) => ({ pair, marked: words(pair) })), [hunk]);
  const sides = rows.map(({ pair, marked }) => ({
    old: pair.old && { line: pair.old, pieces: marked.old },
    new: pair.new && { line: pair.new, pieces: marked.new },
  }));
  const own = { workspace, commenting };
  const lines = split ? [] : below(sides);
  return (
    <div className={cx(css.hunk, split && css.beside)}>
      <HunkHead path={path} file={file} hunk={hunk} />
      {split ? (
        <Beside sides={sides} {...own} />
      ) : (
        inBlocks(lines).map((block, of) => (
          <div key={of} {...blockOf(block.length)}>
            {block.map((marked, at) => (
              <Fragment key={at}>
                <HunkLine marked={marked} side="both" stop={of + at === 0} commenting={commenting} />
                <UnderLine lines={[marked.line]} split={false} {...own} />
              </Fragment>
            ))}
          </div>
        ))
      )}
    </div>
  );
});

/** What was, beside what is: a table of two columns to whoever hears it. */
function Beside({ sides, workspace, commenting }: { sides: readonly Sides[]; workspace: string; commenting: Commenting }) {
  return (
    <div role="table">
      <div role="row" className="only-read-aloud">
        <span role="columnheader">{t("changes.before")}</span>
        <span role="columnheader">{t("changes.now")}</span>
      </div>
      {inBlocks(sides).map((block, of) => (
        <div key={of} role="rowgroup" {...blockOf(block.length)}>
          {block.map(({ old, new: now }, at) => (
            <Fragment key={at}>
              <div role="row" className={css.row}>
                <HunkLine marked={old} side="old" stop={of + at === 0 && now?.line.how !== "same"} commenting={commenting} />
                <HunkLine marked={now} side="new" stop={of + at === 0 && (!old || old.line.how === "same")} commenting={commenting} />
              </div>
              <UnderLine lines={[old?.line ?? null, now?.line ?? null]} split workspace={workspace} commenting={commenting} />
            </Fragment>
          ))}
        </div>
      ))}
    </div>
  );
}

/** All that was removed at a place before all that was added there, as a patch has them. */
function below(sides: readonly Sides[]): Marked[] {
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

function inBlocks<T>(rows: readonly T[]): (readonly T[])[] {
  return Array.from({ length: Math.ceil(rows.length / BLOCK) }, (_, at) => rows.slice(at * BLOCK, (at + 1) * BLOCK));
}

/** What is far out of sight is not laid out, and takes the room of its lines all the same. */
function blockOf(lines: number) {
  return { className: css.block, style: { containIntrinsicBlockSize: `auto ${lines * 1.6}em` } };
}

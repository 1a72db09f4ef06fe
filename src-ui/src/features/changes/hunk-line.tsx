import { Plus } from "lucide-react";
import type { ChangeLine } from "../../gen/ChangeLine";
import { t } from "../../messages/t";
import { linesWords } from "../../state/comment-words";
import { cx } from "../../ui/cx";
import { covers, type Commenting } from "./commenting";
import { spotKey, spotOf } from "./lines";
import type { Piece } from "./paired";
import css from "./changes.module.css";

export type Marked = { line: ChangeLine; pieces: readonly Piece[] };

type Props = { marked: Marked | null; side: "old" | "new" | "both"; /** Tab stops here; arrows go on from it. */ stop: boolean; commenting: Commenting };

/** One line, with the way to comment on it. */
export function HunkLine({ marked, side, stop, commenting }: Props) {
  const role = side === "both" ? undefined : "cell";
  if (!marked) return <div role={role} className={cx(css.line, css.missing)} />;
  const { line, pieces } = marked;
  const { chosen, begin } = commenting;
  // A line that stayed stands in both columns, and is commented on in the one of now.
  const mayAdd = begin !== null && !(side === "old" && line.how === "same");
  const isChosen = chosen !== null && covers(chosen, line) && (side === "both" || side === chosen.side);
  return (
    <div role={role} className={cx(css.line, css[line.how], isChosen && css.chosen)}>
      {mayAdd && <Add line={line} stop={stop} commenting={commenting} begin={begin} />}
      {side !== "new" && <span className={css.number}>{line.old}</span>}
      {side !== "old" && <span className={css.number}>{line.new}</span>}
      <span className={css.sign}>{SIGN[line.how]}</span>
      {/* One that stayed is found once, though it stands in both columns. */}
      <span className={css.text} data-text={side === "old" && line.how === "same" ? undefined : ""}>
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

type AddProps = { line: ChangeLine; stop: boolean; commenting: Commenting; begin: NonNullable<Commenting["begin"]> };

/** Over the numbers of a line: a press there comments on it. */
function Add({ line, stop, commenting: { chosen }, begin }: AddProps) {
  const spot = spotOf(line);
  const key = spotKey(spot);
  const lines = chosen && covers(chosen, line) ? chosen : { side: spot.side, from: spot.at, to: spot.at };
  return (
    <button
      type="button"
      className={css.add}
      data-line={key}
      tabIndex={stop ? 0 : -1}
      aria-label={t("comments.on", { lines: linesWords(lines) })}
      title={t("comments.more_lines")}
      onClick={(event) => begin(key, event.shiftKey)}
    >
      <Plus size={12} aria-hidden />
    </button>
  );
}

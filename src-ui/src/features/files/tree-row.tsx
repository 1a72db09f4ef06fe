import { ChevronRight } from "lucide-react";
import { memo } from "react";
import { t, tn } from "../../messages/t";
import { cx } from "../../ui/cx";
import type { EntryRow, Row } from "./rows";
import { sizeOf } from "../../ui/size";
import { HowMark } from "../../ui/how-mark";
import css from "./files.module.css";

type Props = { row: Row; /** Keys are here. */ here: boolean; /** It is the open file. */ read: boolean; /** It has unsaved text. */ edited: boolean; /** Its place among all rows. */ index: number };

/** One line of the tree. */
export const TreeRow = memo(function TreeRow({ row, here, read, edited, index }: Props) {
  return (
    <div
      role="treeitem"
      className={cx(css.row, row.kind !== "entry" && css.rest, row.kind === "entry" && row.gone && css.gone)}
      style={{ paddingInlineStart: `${(row.level - 1) * 14 + (row.kind === "entry" ? 8 : 26)}px` }}
      aria-level={row.level}
      aria-setsize={row.of}
      aria-posinset={row.at}
      aria-selected={read}
      aria-expanded={row.kind === "entry" ? (row.open ?? undefined) : undefined}
      tabIndex={here ? 0 : -1}
      title={row.kind === "entry" ? row.path : undefined}
      data-row={index}
    >
      {row.kind === "entry" ? <Entry row={row} edited={edited} /> : wordsOf(row)}
    </div>
  );
});

function Entry({ row, edited }: { row: EntryRow; edited: boolean }) {
  return (
    <>
      <span className={css.turn}>{row.open !== null && <ChevronRight size={12} aria-hidden className={cx(css.chevron, row.open && css.turned)} />}</span>
      <span className={css.name}>{row.name}</span>
      {edited && (
        <span className={css.edited} role="img" aria-label={t("files.unsaved")} title={t("files.unsaved")}>
          ●
        </span>
      )}
      {row.what === "link" && <span className={css.size}>{t("files.link")}</span>}
      {row.what === "other" && <span className={css.size}>{t("files.no_file")}</span>}
      {row.bytes !== null && row.what === "file" && <span className={css.size}>{sizeOf(row.bytes)}</span>}
      {row.how === "below" && <span className={css.below} role="img" aria-label={t("files.below")} title={t("files.below")} />}
      {row.how !== null && row.how !== "below" && <HowMark how={row.how} />}
    </>
  );
}

function wordsOf(row: Exclude<Row, EntryRow>): string {
  if (row.kind === "note") return row.wrong ?? t("start.loading");
  return row.left === null ? t("files.and_more") : tn("files.more", row.left);
}

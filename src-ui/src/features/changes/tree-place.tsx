import type { ReactNode } from "react";
import type { Row } from "./folders";
import css from "./changes.module.css";

type Props = { row: Row; /** Its box, where it can be ticked. */ pick: ReactNode; onHere: () => void; children: ReactNode };

/** One row of the changed files, where it stands among all. */
export function TreePlace({ row, pick, onHere, children }: Props) {
  return (
    <div
      role="row"
      className={css.fileRow}
      style={{ paddingInlineStart: `${(row.level - 1) * 12}px` }}
      aria-level={row.level}
      aria-posinset={row.at}
      aria-setsize={row.of}
      aria-expanded={row.kind === "folder" ? row.open : undefined}
      onFocus={onHere}
    >
      {pick && <div role="gridcell" className={css.pickCell}>{pick}</div>}
      <div role="gridcell" className={css.fileCell}>
        {children}
      </div>
    </div>
  );
}

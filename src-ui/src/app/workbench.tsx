import { Fragment, type CSSProperties } from "react";
import { t } from "../messages/t";
import { actOnLayout } from "../state/layout";
import { isStrip, LEAST_SHARE, panesOf, type Column } from "../state/layout/model";
import { cx } from "../ui/cx";
import { Splitter } from "../ui/splitter";
import { DragLayer } from "./drag-layer";
import { PaneView, type PaneWork } from "./pane-view";
import { useTabDrag, type Grab } from "./use-tab-drag";
import css from "./workbench.module.css";

/** The panes of the layout, side by side and below each other. */
export function Workbench({ work }: { work: PaneWork }) {
  const { dragged, grab } = useTabDrag();
  const { columns } = work.tabs.layout;
  const open = columns.filter((column) => !isStrip(column)).length;
  return (
    <>
      <div className={cx(css.bench, dragged && css.dragging)} data-open={open}>
        {columns.map((column, index) => {
          const next = columns[index + 1];
          return (
            <Fragment key={column.panes[0]?.id}>
              <ColumnView column={column} index={index} work={work} grab={grab} />
              {next && <Border before={column} after={next} column={null} index={index} folded={isStrip(column) || isStrip(next)} />}
            </Fragment>
          );
        })}
      </div>
      {dragged && <DragLayer dragged={dragged} />}
    </>
  );
}

type ColumnProps = { column: Column; index: number; work: PaneWork; grab: Grab };

function ColumnView({ column, index, work, grab }: ColumnProps) {
  const strip = isStrip(column);
  const alone = panesOf(work.tabs.layout).length === 1;
  return (
    <div className={cx(css.column, strip && css.strip)} style={strip ? undefined : sized(column.share)}>
      {column.panes.map((pane, row) => {
        const next = column.panes[row + 1];
        return (
          <Fragment key={pane.id}>
            <div className={css.row} style={pane.folded ? { flex: strip ? "1 1 0" : "none" } : sized(pane.share)}>
              <PaneView pane={pane} work={work} grab={grab} alone={alone} upright={strip} />
            </div>
            {next && <Border before={pane} after={next} column={index} index={row} folded={pane.folded || next.folded} />}
          </Fragment>
        );
      })}
    </div>
  );
}

type Shared = { share: number };
type BorderProps = { before: Shared; after: Shared; column: number | null; index: number; folded: boolean };

/** Beside what is folded there is nothing to move. */
function Border({ before, after, column, index, folded }: BorderProps) {
  if (folded) return <div className={column === null ? css.seam : css.level} />;
  const whole = before.share + after.share;
  return (
    <Splitter
      label={t(column === null ? "pane.border" : "pane.border_rows")}
      between={column === null ? "columns" : "rows"}
      value={(before.share / whole) * 100}
      draw={(one, other, first, both) => {
        const part = Math.min(Math.max(whole * (first / both), LEAST_SHARE), whole - LEAST_SHARE);
        one.style.flex = `${part * 100} 1 0`;
        other.style.flex = `${(whole - part) * 100} 1 0`;
      }}
      onMoved={(first) => actOnLayout({ type: "resize", border: { column, index }, first })}
    />
  );
}

function sized(share: number): CSSProperties {
  // In hundredths: parts that add up to less than one would leave room unfilled.
  return { flex: `${share * 100} 1 0` };
}

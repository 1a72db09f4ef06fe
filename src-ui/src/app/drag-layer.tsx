import type { Dragged } from "./use-tab-drag";
import css from "./workbench.module.css";

/** The tab under the pointer, and where it would go. */
export function DragLayer({ dragged }: { dragged: Dragged }) {
  const { drop, words, x, y } = dragged;
  return (
    <>
      {drop && <div className={css.drop} data-kind={drop.kind} style={{ ...drop.mark }} />}
      <div className={css.carried} style={{ left: x + 10, top: y + 8 }}>
        {words}
      </div>
    </>
  );
}

import type { Dragged } from "./use-tab-drag";
import css from "./workbench.module.css";

const OVER_FINGER = 52;

/** The tab under the pointer, and where it would go. */
export function DragLayer({ dragged }: { dragged: Dragged }) {
  const { drop, words, x, y, touch, taken } = dragged;
  return (
    <>
      {drop && <div className={css.drop} data-kind={drop.kind} style={{ ...drop.mark }} />}
      {taken && <div className={css.taken} style={{ left: taken.left, top: taken.top, width: taken.width, height: taken.height }} />}
      <div className={css.carried} style={{ left: x + 10, top: touch ? Math.max(y - OVER_FINGER, 0) : y + 8 }}>
        {words}
      </div>
    </>
  );
}

import { clock, useNow } from "./time";
import css from "./clock.module.css";

/** Time since `since`. Not read aloud each second. */
export function Clock({ since }: { since: number }) {
  const now = useNow();
  return (
    <span className={css.clock} role="timer" aria-live="off">
      {clock(now - since)}
    </span>
  );
}

import { cx } from "./cx";
import css from "./dot.module.css";

export type DotTone = "need" | "run" | "ok" | "bad" | "idle" | "off";

/** A state by colour and, because colour is never the only sign, by shape and name; words beside it may be its name. */
export function Dot({ tone, label }: { tone: DotTone; label: string }) {
  if (label === "") return <span className={cx(css.dot, css[tone])} aria-hidden />;
  return <span className={cx(css.dot, css[tone])} role="img" aria-label={label} title={label} />;
}

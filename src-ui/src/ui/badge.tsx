import { cx } from "./cx";
import css from "./badge.module.css";

type Props = { children: React.ReactNode; tone?: "plain" | "need" | "ok"; label?: string };

export function Badge({ children, tone = "plain", label }: Props) {
  return (
    <span className={cx(css.badge, css[tone])} title={label}>
      {label ? <span className="only-read-aloud">{label}</span> : null}
      <span aria-hidden={label ? true : undefined}>{children}</span>
    </span>
  );
}

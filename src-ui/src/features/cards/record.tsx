import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../../ui/cx";
import { useFold } from "../../ui/fold";
import css from "./record.module.css";

export type RecordTone = "open" | "yes" | "no" | "off";

type Props = {
  id: string;
  icon: ReactNode;
  tone: RecordTone;
  title: ReactNode;
  aside?: ReactNode;
  children?: ReactNode;
  unfolded?: boolean;
};

/** A card where it arose: one line with its state, the rest below it when unfolded. */
export function CardRecord({ id, icon, tone, title, aside, children, unfolded = false }: Props) {
  const [open, toggle] = useFold(id, unfolded);
  const line = (
    <>
      <span className={cx(css.icon, css[tone])}>{icon}</span>
      <span className={css.title}>{title}</span>
      {aside && <span className={css.aside}>{aside}</span>}
    </>
  );
  if (!children) return <div className={cx(css.record, css.line)}>{line}</div>;
  return (
    <div className={css.record}>
      <button type="button" className={css.line} aria-expanded={open} onClick={toggle}>
        {line}
        <ChevronRight size={14} aria-hidden className={cx(css.chevron, open && css.turned)} />
      </button>
      {open && <div className={css.body}>{children}</div>}
    </div>
  );
}

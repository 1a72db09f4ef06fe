import type { ReactNode } from "react";
import { cx } from "../../ui/cx";
import css from "./frame.module.css";

type Props = {
  title: string;
  about?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
  /** It waits for this reader. */
  yours?: boolean;
};

/** What all open cards share: a head that names it, a body that scrolls, a foot with the verbs. */
export function Frame({ title, about, aside, children, foot, yours }: Props) {
  return (
    <section className={cx(css.card, yours && css.yours)} aria-label={title}>
      <header className={css.head}>
        <h2>{title}</h2>
        {about && <span className={css.about}>{about}</span>}
        {aside && <span className={css.aside}>{aside}</span>}
      </header>
      <div className={css.body}>{children}</div>
      {foot && <footer className={css.foot}>{foot}</footer>}
    </section>
  );
}

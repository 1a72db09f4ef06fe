import { createContext, use, type ReactNode } from "react";
import { cx } from "../../ui/cx";
import { pressCardKey, type CardKeys } from "./card-keys";
import css from "./frame.module.css";

type Props = {
  title: string;
  about?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
  foot?: ReactNode;
  /** It waits for this reader. */
  yours?: boolean;
  keys?: CardKeys;
};

const CardContext = createContext("");

/** `<CardsOf value="…">` where cards of several sessions stand together, so that each has a name of its own. */
export const CardsOf = CardContext;

/** What all open cards share: a head that names it, a body that scrolls, a foot with the verbs. */
export function Frame({ title, about, aside, children, foot, yours, keys }: Props) {
  const named = use(CardContext);
  return (
    <section
      className={cx(css.card, yours && css.yours)}
      aria-label={named === "" ? title : `${title}, ${named}`}
      onKeyDown={keys && ((event) => pressCardKey(keys, event))}
    >
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

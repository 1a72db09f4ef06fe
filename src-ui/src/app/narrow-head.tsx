import { MenuButton } from "./menu-button";
import css from "./session-head.module.css";

/** The bar of a narrow window without a session. */
export function NarrowHead({ title, waiting, onMenu }: { title: string; waiting: number; onMenu: () => void }) {
  return (
    <header className={css.head}>
      <MenuButton waiting={waiting} onMenu={onMenu} />
      <h1 className={css.title}>{title}</h1>
    </header>
  );
}

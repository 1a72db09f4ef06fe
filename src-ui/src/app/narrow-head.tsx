import { Menu } from "lucide-react";
import { t } from "../messages/t";
import { Button } from "../ui/button";
import css from "./session-head.module.css";

/** The bar of a narrow window without a session. */
export function NarrowHead({ title, onMenu }: { title: string; onMenu: () => void }) {
  return (
    <header className={css.head}>
      <Button look="quiet" square aria-label={t("menu")} onClick={onMenu}>
        <Menu size={16} aria-hidden />
      </Button>
      <h1 className={css.title}>{title}</h1>
    </header>
  );
}

import { Menu } from "lucide-react";
import { t, tn } from "../messages/t";
import { Button } from "../ui/button";
import css from "./menu-button.module.css";

/** The way to the side bar of a narrow window; it says how much waits there. */
export function MenuButton({ waiting, onMenu }: { waiting: number; onMenu: () => void }) {
  const label = waiting > 0 ? `${t("menu")}, ${tn("inbox.count", waiting)}` : t("menu");
  return (
    <Button look="quiet" square className={css.menu} aria-label={label} onClick={onMenu}>
      <Menu size={16} aria-hidden />
      {waiting > 0 && (
        <span className={css.count} aria-hidden>
          {waiting}
        </span>
      )}
    </Button>
  );
}

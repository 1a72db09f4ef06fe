import { X } from "lucide-react";
import { t } from "../messages/t";
import { openSession } from "../state/open-session";
import { titleOf } from "../state/session-title";
import { Button } from "../ui/button";
import { MenuButton } from "./menu-button";
import type { Shown } from "./use-open-tabs";
import css from "./session-head.module.css";

type Props = { title: string; /** The session that one goes back to. */ company: Shown | null; waiting: number; onMenu: () => void };

/** The bar of a narrow window without a session. */
export function NarrowHead({ title, company, waiting, onMenu }: Props) {
  const row = company?.row;
  const back = row && t("tab.back", { title: titleOf(row) });
  return (
    <header className={css.head}>
      <MenuButton waiting={waiting} onMenu={onMenu} />
      <h1 className={css.alone}>{title}</h1>
      {row && back && (
        <Button look="quiet" square aria-label={back} title={back} onClick={() => openSession(row.session, company.other?.row.key ?? null)}>
          <X size={16} aria-hidden />
        </Button>
      )}
    </header>
  );
}

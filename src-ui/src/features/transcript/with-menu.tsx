import { use, type ReactNode } from "react";
import type { Item } from "../../replica/types";
import { ItemMenu, type Ways } from "./item-menu";
import { OwnersSession } from "./take-back";
import css from "./take-back.module.css";

const NONE: Ways = { rewind: null, fork: null };

type Props = { item: Item; ways?: Ways; children: ReactNode };

/** An item with the menu beside it of what the reader may do about it; without one the item alone. */
export function WithMenu({ item, ways = NONE, children }: Props) {
  if (use(OwnersSession) === null && !ways.rewind && !ways.fork) return children;
  return (
    <div className={css.with}>
      {children}
      <ItemMenu item={item} ways={ways} />
    </div>
  );
}

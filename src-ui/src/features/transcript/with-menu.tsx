import { use, type ReactNode } from "react";
import type { Item } from "../../replica/types";
import { ItemMenu, OwnersSession } from "./take-back";
import css from "./take-back.module.css";

/** An item with the owner's menu beside it; for everybody else the item alone. */
export function WithMenu({ item, children }: { item: Item; children: ReactNode }) {
  if (use(OwnersSession) === null) return children;
  return (
    <div className={css.with}>
      {children}
      <ItemMenu item={item} />
    </div>
  );
}

import { use, type ReactNode } from "react";
import type { Item } from "../../replica/types";
import { ItemMenu, type RewindQuestion } from "./item-menu";
import { OwnersSession } from "./take-back";
import css from "./take-back.module.css";

type Props = { item: Item; rewind?: RewindQuestion | null; children: ReactNode };

/** An item with the menu beside it of what the reader may do about it; without one the item alone. */
export function WithMenu({ item, rewind = null, children }: Props) {
  if (use(OwnersSession) === null && rewind === null) return children;
  return (
    <div className={css.with}>
      {children}
      <ItemMenu item={item} rewind={rewind} />
    </div>
  );
}

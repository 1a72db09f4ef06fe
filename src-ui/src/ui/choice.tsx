import type { ReactNode } from "react";
import css from "./tick.module.css";

type Props = { name: string; checked: boolean; onChoose: () => void; children: ReactNode };

/** One of several, and its words. */
export function Choice({ name, checked, onChoose, children }: Props) {
  return (
    <label className={css.tick}>
      <input type="radio" name={name} checked={checked} onChange={onChoose} />
      <span>{children}</span>
    </label>
  );
}

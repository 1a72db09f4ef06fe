import type { ReactNode } from "react";
import css from "./tick.module.css";

type Props = { name: string; checked: boolean; onChoose: () => void; children: ReactNode; disabled?: boolean };

/** One of several, and its words. */
export function Choice({ name, checked, onChoose, children, disabled }: Props) {
  return (
    <label className={css.tick}>
      <input type="radio" name={name} checked={checked} disabled={disabled} onChange={onChoose} />
      <span>{children}</span>
    </label>
  );
}

import type { ReactNode } from "react";
import css from "./tick.module.css";

type Props = { checked: boolean; onChange: (on: boolean) => void; children: ReactNode; disabled?: boolean };

/** A box to tick and its words. */
export function Tick({ checked, onChange, children, disabled }: Props) {
  return (
    <label className={css.tick}>
      <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
      <span>{children}</span>
    </label>
  );
}

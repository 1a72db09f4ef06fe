import { useId, type ReactNode } from "react";
import css from "./labelled.module.css";

/** A field under its name. */
export function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={css.labelled}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

import type { ReactNode } from "react";
import { Field } from "./field";
import css from "./filter-field.module.css";

type Props = {
  /** The list that it looks through. */
  list: string;
  label: string;
  words: string;
  onWords: (words: string) => void;
  /** From the field on to what is listed. */
  onDown: () => void;
  onEnter?: () => void;
  /** What stands beside it. */
  children?: ReactNode;
};

/** What is looked for in a list below: Escape clears it, the arrow leads to what is left. */
export function FilterField({ list, label, words, onWords, onDown, onEnter, children }: Props) {
  return (
    <div role="search" aria-label={list} className={css.filter}>
      <Field
        type="search"
        aria-label={label}
        placeholder={label}
        value={words}
        onChange={(event) => onWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape" && words !== "") {
            event.preventDefault();
            onWords("");
          }
          const go = event.key === "ArrowDown" ? onDown : event.key === "Enter" ? onEnter : undefined;
          if (!go) return;
          event.preventDefault();
          go();
        }}
      />
      {children}
    </div>
  );
}

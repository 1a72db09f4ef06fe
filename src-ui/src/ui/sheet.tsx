import type { ReactNode } from "react";
import { cx } from "./cx";
import { useOpening } from "./use-opening";
import css from "./sheet.module.css";

type Props = { label: string; side: "left" | "right"; onClose: () => void; children: ReactNode };

/** A panel that slides over a narrow window from one side. */
export function Sheet({ label, side, onClose, children }: Props) {
  return (
    <dialog
      className={cx(css.sheet, css[side])}
      aria-label={label}
      onCancel={(event) => {
        // Of a dialog over this one it comes here too: through the portal.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      <Opening />
      {children}
    </dialog>
  );
}

function Opening() {
  return <span ref={useOpening<HTMLSpanElement>()} hidden />;
}

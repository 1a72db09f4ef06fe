import type { ReactNode } from "react";
import { cx } from "./cx";
import { useOpening } from "./use-opening";
import css from "./dialog.module.css";

type Props = { title: string; onClose: () => void; children: ReactNode; wide?: boolean };

/** A question over the page: focus stays in it, Escape and a press outside close it. */
export function Dialog({ title, onClose, children, wide }: Props) {
  return (
    <dialog
      className={cx(css.dialog, wide && css.wide)}
      aria-label={title}
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
      <div className={css.inner}>
        <Opening title={title} />
        {children}
      </div>
    </dialog>
  );
}

function Opening({ title }: { title: string }) {
  return <h2 ref={useOpening<HTMLHeadingElement>()}>{title}</h2>;
}

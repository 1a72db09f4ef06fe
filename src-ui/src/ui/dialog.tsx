import { useLayoutEffect, useRef, type ReactNode } from "react";
import { cx } from "./cx";
import css from "./dialog.module.css";

type Props = { title: string; onClose: () => void; children: ReactNode; wide?: boolean };

/** A question over the page: focus stays in it, Escape and a press outside close it. */
export function Dialog({ title, onClose, children, wide }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  // A layout effect, since its cleanup closes before the element is gone: only so focus goes back.
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      ref={ref}
      className={cx(css.dialog, wide && css.wide)}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      <div className={css.inner}>
        <h2>{title}</h2>
        {children}
      </div>
    </dialog>
  );
}

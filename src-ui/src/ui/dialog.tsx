import { useLayoutEffect, useRef, type ReactNode } from "react";
import css from "./dialog.module.css";

type Props = { title: string; onClose: () => void; children: ReactNode };

/** A question over the page: focus stays in it, Escape and a press outside close it. */
export function Dialog({ title, onClose, children }: Props) {
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
      className={css.dialog}
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

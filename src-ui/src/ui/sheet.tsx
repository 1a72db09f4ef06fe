import { useLayoutEffect, useRef, type ReactNode } from "react";
import { cx } from "./cx";
import css from "./sheet.module.css";

type Props = { label: string; side: "left" | "right"; onClose: () => void; children: ReactNode };

/** A panel that slides over a narrow window from one side. */
export function Sheet({ label, side, onClose, children }: Props) {
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
      className={cx(css.sheet, css[side])}
      aria-label={label}
      onCancel={(event) => {
        // Of a dialog over this one it comes here too: through the portal.
        if (event.target !== event.currentTarget) return;
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}

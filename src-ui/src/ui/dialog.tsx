import { useLayoutEffect, useRef, type ReactNode } from "react";
import { cx } from "./cx";
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

/** Opens the dialog that it heads before what follows takes focus: in one that is shut, `autoFocus` comes to nothing. */
function Opening({ title }: { title: string }) {
  const ref = useRef<HTMLHeadingElement>(null);
  // A layout effect, since its cleanup closes before the element is gone: only so focus goes back.
  useLayoutEffect(() => {
    const dialog = ref.current?.closest("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return <h2 ref={ref}>{title}</h2>;
}

import { useLayoutEffect, useRef, type RefObject } from "react";

/**
 * Opens the dialog around it. On an element that stands before all else in there, it does so before what follows takes
 * focus: in a dialog that is shut, `autoFocus` comes to nothing.
 */
export function useOpening<E extends HTMLElement>(): RefObject<E | null> {
  const ref = useRef<E>(null);
  // A layout effect, since its cleanup closes before the element is gone: only so focus goes back.
  useLayoutEffect(() => {
    const dialog = ref.current?.closest("dialog");
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return ref;
}

import { useEffect, useRef, type RefObject } from "react";

/** Whether the component is still on the page, for what outlasts it. */
export function useInView(): RefObject<boolean> {
  const shown = useRef(true);
  useEffect(() => {
    shown.current = true;
    return () => void (shown.current = false);
  }, []);
  return shown;
}

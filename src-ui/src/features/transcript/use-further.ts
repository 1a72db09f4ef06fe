import { useEffect, useRef, useState } from "react";
import type { Older } from "../../ui/find-bar";

/** What is not loaded yet, by the seq of the oldest that is. */
export type Pages = { first: number; load: () => void; loading: boolean; whole: boolean };

/** Loads page after page until the whole session is looked through or the reader stops; `null` when nothing is left. */
export function useFurther(open: boolean, { first, load, loading, whole }: Pages): Older | null {
  const [searching, setSearching] = useState(false);
  const asked = useRef<number | null>(null);
  useEffect(() => {
    if (!open || whole) setSearching(false);
    if (!open || !searching || loading || whole) return;
    // That page did not come: to ask on would be to hammer.
    if (asked.current === first) return setSearching(false);
    asked.current = first;
    load();
  }, [open, searching, first, loading, whole, load]);
  const toggle = () => {
    asked.current = null;
    setSearching(!searching);
  };
  return whole ? null : { searching, toggle };
}

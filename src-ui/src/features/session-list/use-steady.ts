import { useRef, useState, type FocusEvent, type RefObject } from "react";

/** Watches a list for a hand on it. */
export type Hold = { held: boolean; on: { ref: RefObject<HTMLDivElement | null>; onPointerEnter: () => void; onPointerLeave: () => void; onBlur: (event: FocusEvent) => void } };

/** Whether the pointer is over what wears `on`, or focus in it. */
export function useHold(): Hold {
  const ref = useRef<HTMLDivElement>(null);
  const [over, setOver] = useState(false);
  const [, setLeft] = useState(0);
  return {
    held: over || (ref.current?.contains(document.activeElement) ?? false),
    on: {
      ref,
      onPointerEnter: () => setOver(true),
      onPointerLeave: () => setOver(false),
      onBlur: ({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setLeft((n) => n + 1);
      },
    },
  };
}

/** Things in a new order only while nobody holds them; what comes meanwhile stands behind them. */
export function useSteady<T>(all: readonly T[], keyOf: (one: T) => string, held: boolean): T[] {
  const last = useRef<ReadonlyMap<string, number>>(new Map());
  const place = (one: T) => last.current.get(keyOf(one)) ?? Number.POSITIVE_INFINITY;
  const steady = held ? all.toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b))) : [...all];
  last.current = new Map(steady.map((one, at) => [keyOf(one), at]));
  return steady;
}

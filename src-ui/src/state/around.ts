import { createContext, use, useEffect, useRef } from "react";
import type { Around, Note } from "../link";

const nothing: Around = {
  leave: () => "refused",
  askLeave: async () => "refused",
  show: () => undefined,
  keepRunning: () => undefined,
  quit: () => undefined,
  onNote: () => () => undefined,
};

const AroundContext = createContext<Around>(nothing);

/** `<AroundProvider value={around}>` where the page stands in the desktop program or in a browser. */
export const AroundProvider = AroundContext;

export function useAround(): Around {
  return use(AroundContext);
}

/** Hears each note of the program while the component is there. */
export function useNotes(told: (note: Note) => void): void {
  const around = useAround();
  const newest = useRef(told);
  newest.current = told;
  useEffect(() => around.onNote((note) => newest.current(note)), [around]);
}

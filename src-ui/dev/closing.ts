import type { Around } from "../src/link";

/** A program whose window is being closed while something goes on. */
export const CLOSING: Around = {
  leave: () => "given",
  askLeave: async () => "given",
  show: () => undefined,
  keepRunning: () => undefined,
  quit: () => undefined,
  onNote(told) {
    queueMicrotask(() => told({ kind: "closing", needs_you: 1, running: 2, knocks: 0, guests: 3, terminals: 1 }));
    return () => undefined;
  },
};

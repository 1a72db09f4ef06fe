/** Time as the state of this page sees it; a test turns its own by hand. */
export type Clock = {
  now(): number;
  /** Runs it once after so many milliseconds, unless what it returns was called before. */
  after(span: number, run: () => void): () => void;
};

export const wallClock: Clock = {
  now: () => Date.now(),
  after: (span, run) => {
    const timer = setTimeout(run, span);
    return () => clearTimeout(timer);
  },
};

/** From the page to the thread that plays the host. */
export type ToHost =
  | { frame: string }
  | { play: { what: "stream"; sessions: number; tokensPerSecond: number; forMs: number } | { what: "hour"; sessions: number } }
  | { seen: number };

/** From that thread to the page; what it asks is answered once all before it has been taken in. */
export type FromHost = { frame: string } | { played: true } | { ask: number };

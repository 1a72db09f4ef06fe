/** The port of the link: what carries text frames, in order, both ways. Tests play a scripted one. */
export interface Transport {
  /** Begins to connect; tells `opened` and `frame`s, and `closed` once and as the last thing. */
  open(told: TransportEvents): Connection;
}

export interface TransportEvents {
  opened(): void;
  frame(text: string): void;
  /** A WebSocket close code; 1006 when there was none. */
  closed(code: number): void;
}

export interface Connection {
  send(text: string): void;
  close(): void;
}

export const ABNORMAL = 1006;

/** The port of the link: what carries frames, of text and of bytes, in order, both ways. Tests play a scripted one. */
export interface Transport {
  /** Begins to connect; tells `opened` and `frame`s, and `closed` once and as the last thing. */
  open(told: TransportEvents): Connection;
}

export interface TransportEvents {
  opened(): void;
  frame(text: string): void;
  /** A terminal's frame. */
  bytes(frame: Uint8Array): void;
  /** A WebSocket close code; 1006 when there was none. */
  closed(code: number): void;
}

export interface Connection {
  send(text: string): void;
  sendBytes(frame: Uint8Array): void;
  close(): void;
}

export const ABNORMAL = 1006;

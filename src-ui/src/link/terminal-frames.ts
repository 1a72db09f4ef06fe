/** A terminal's frames: what a host shows and what a person types, as bytes (docs/protocol.md). */
export type Shown = { terminal: string; /** Offset of the first of these, from the terminal's first byte. */ at: number; bytes: Uint8Array };

const SHOWN = 1;
const TYPED = 2;
const ID = 16;
const SHOWN_HEAD = 1 + ID + 8;

/** `null` for what is no such frame. */
export function readShown(frame: Uint8Array): Shown | null {
  if (frame.length < SHOWN_HEAD || frame[0] !== SHOWN) return null;
  const view = new DataView(frame.buffer, frame.byteOffset);
  const at = Number(view.getBigUint64(1 + ID));
  return { terminal: uuid(frame.subarray(1, 1 + ID)), at, bytes: frame.subarray(SHOWN_HEAD) };
}

export function writeTyped(terminal: string, bytes: Uint8Array): Uint8Array {
  const frame = new Uint8Array(1 + ID + bytes.length);
  frame[0] = TYPED;
  const hex = terminal.replaceAll("-", "");
  for (let at = 0; at < ID; at++) frame[1 + at] = Number.parseInt(hex.slice(2 * at, 2 * at + 2), 16);
  frame.set(bytes, 1 + ID);
  return frame;
}

function uuid(bytes: Uint8Array): string {
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Where only text goes through, a binary frame begins with this, which begins no JSON. */
const ARMOUR = "=";

export function armour(frame: Uint8Array): string {
  let text = "";
  for (const byte of frame) text += String.fromCharCode(byte);
  return ARMOUR + btoa(text);
}

/** `null` for a text that is a frame itself. */
export function unarmour(text: string): Uint8Array | null {
  if (!text.startsWith(ARMOUR)) return null;
  const bytes = atob(text.slice(ARMOUR.length));
  return Uint8Array.from(bytes, (byte) => byte.charCodeAt(0));
}

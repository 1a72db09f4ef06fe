/** Keys pressed together: `Mod+Shift+K`. `Mod` is the Command key of a Mac and Control elsewhere, `Ctrl` is Control everywhere. */
export type Chord = string;

type Pressed = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

export function isMac(agent: string = navigator.userAgent): boolean {
  return /Mac|iPhone|iPad/.test(agent);
}

export function isPressed(chord: Chord, event: Pressed, mac = isMac()): boolean {
  const parts = chord.split("+");
  const key = parts.at(-1) ?? "";
  const mod = parts.includes("Mod");
  const control = parts.includes("Ctrl") || (mod && !mac);
  if (event.ctrlKey !== control || event.metaKey !== (mod && mac) || event.altKey !== parts.includes("Alt")) return false;
  const named = event.key.toLowerCase() === key.toLowerCase();
  if (event.shiftKey === parts.includes("Shift")) return named || event.code === codeOf(key);
  // What a symbol needs of Shift is the keyboard's own business.
  return named && !isLetter(key) && !parts.includes("Shift") && key.length === 1;
}

/** By its place on the keyboard too: with Alt or Shift a key says something else. */
function codeOf(key: string): string {
  if (isLetter(key)) return `Key${key.toUpperCase()}`;
  if (/^\d$/.test(key)) return `Digit${key}`;
  return { "[": "BracketLeft", "]": "BracketRight", "\\": "Backslash", "`": "Backquote" }[key] ?? key;
}

function isLetter(key: string): boolean {
  return /^[a-z]$/i.test(key);
}

const SIGNS: Record<string, string> = { Ctrl: "⌃", Mod: "⌘", Shift: "⇧", Alt: "⌥", Enter: "↩", Escape: "esc", ArrowUp: "↑" };

/** As it stands on the keys: `⇧⌘K` on a Mac, `Ctrl Shift K` elsewhere. */
export function printed(chord: Chord, mac = isMac()): string {
  const parts = chord.split("+");
  if (!mac) return parts.map((part) => (part === "Mod" ? "Ctrl" : part === "Escape" ? "Esc" : part === "ArrowUp" ? "↑" : part)).join(" ");
  const order = ["Ctrl", "Alt", "Shift", "Mod"];
  const sorted = parts.toSorted((a, b) => place(order, a) - place(order, b));
  return sorted.map((part) => SIGNS[part] ?? part).join("");
}

function place(order: readonly string[], part: string): number {
  const at = order.indexOf(part);
  return at < 0 ? order.length : at;
}

/** A shell has first call on its keys, and a question over the page on all. */
export function belongsElsewhere(event: KeyboardEvent): boolean {
  const inTerminal = event.target instanceof Element && event.target.closest("[data-terminal]") !== null;
  return event.defaultPrevented || event.isComposing || inTerminal || document.querySelector("dialog[open]") !== null;
}

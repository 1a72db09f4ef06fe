import type { KeyboardEvent } from "react";

/** Enter sends; not with Shift, not while an input method composes, not where a thumb has no Shift. */
export function sends(event: KeyboardEvent): boolean {
  if (event.key !== "Enter" || event.shiftKey || event.altKey) return false;
  if (event.nativeEvent.isComposing || event.keyCode === 229) return false;
  return event.metaKey || event.ctrlKey || !matchMedia("(pointer: coarse)").matches;
}

export function isWithMod(event: KeyboardEvent): boolean {
  return event.metaKey || event.ctrlKey;
}

/** Back or on through what one asked before (see `recalled`). */
export function stepOf(event: KeyboardEvent): -1 | 1 | null {
  if (event.shiftKey || event.altKey || event.metaKey || event.ctrlKey || event.nativeEvent.isComposing) return null;
  return event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : null;
}

/** Shift+Tab, which goes through the agent's modes. */
export function stepsMode(event: KeyboardEvent): boolean {
  return event.key === "Tab" && event.shiftKey && !event.altKey && !event.metaKey && !event.ctrlKey && !event.nativeEvent.isComposing;
}

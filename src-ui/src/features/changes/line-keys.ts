import type { KeyboardEvent } from "react";

/** Arrows go from line to line, also into the next place of the file; with Shift they choose lines. */
export function stepLines(event: KeyboardEvent<HTMLElement>, reach: (from: string, to: string) => void): void {
  const by = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (by === 0 || !(event.target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return;
  const from = event.target.dataset["line"];
  if (from === undefined) return;
  const all = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-line]")];
  const next = all[all.indexOf(event.target) + by];
  event.preventDefault();
  if (!next) return;
  if (event.shiftKey) reach(from, next.dataset["line"] ?? from);
  next.focus();
}

import type { KeyboardEvent } from "react";

/** What keys do while focus is in a card; what is not there has no key now. */
export type CardKeys = Partial<Record<"y" | "n", (() => void) | null>> & { number?: (n: number, within: Element) => void };

/** Runs a card's key, unless it is held with others or something is written there. */
export function pressCardKey(keys: CardKeys, event: KeyboardEvent): void {
  const { target, key, nativeEvent } = event;
  if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (nativeEvent.isComposing || !(target instanceof Element) || isWritten(target)) return;
  const named = key.toLowerCase();
  const run = named === "y" || named === "n" ? keys[named] : /^[1-9]$/.test(key) && keys.number && (() => keys.number?.(Number(key), target));
  if (!run) return;
  event.preventDefault();
  run();
}

function isWritten(target: Element): boolean {
  return target.closest("textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])") !== null;
}

/** The nth option of the field that has focus; else of the first one without an answer, else of the first. */
export function chooseNth(form: Element | null, n: number, within: Element): void {
  const fields = [...(form?.querySelectorAll("fieldset") ?? [])];
  const field = within.closest("fieldset") ?? fields.find((one) => one.querySelector(":checked") === null) ?? fields[0];
  const input = field?.querySelectorAll<HTMLInputElement>("input")[n - 1];
  input?.focus();
  input?.click();
}

/** To the first choice of the card above the composer, in the pane that keys go to. */
export function focusCard(): void {
  const pane = document.querySelector("[data-focused=true]") ?? document;
  pane.querySelector<HTMLElement>("[data-pinned] [data-choice]:not(:disabled)")?.focus();
}

import { useCell } from "../use-cell";
import { browserKeep } from "./keep";
import type { Layout } from "./model";
import type { Action } from "./reduce";
import { LayoutStore } from "./store";

const store = new LayoutStore(browserKeep);
addEventListener("pagehide", () => store.flush());

export function useLayout(): Layout {
  return useCell(store.layout);
}

export function getLayout(): Layout {
  return store.layout.get();
}

export function actOnLayout(action: Action): void {
  store.act(action);
}

/** Forget what is in memory and read the storage again, as a reload does. */
export function reloadLayout(): void {
  store.reload();
}

/** Keeps at once what was changed. */
export function keepLayout(): void {
  store.flush();
}

import { wallClock } from "../clock";
import { useCell } from "../use-cell";
import type { Store } from "../store";
import { HostKeep } from "./host-keep";
import { browserKeep, browserUnsent } from "./keep";
import { likedHere, type Liked } from "./likes";
import { paneWith, tabKey, type Layout, type Tab } from "./model";
import type { Action } from "./reduce";
import { LayoutStore } from "./store";

const keep = new HostKeep(browserKeep, browserUnsent);
// Before it is known what was kept, a choice made here must not take the place of it.
const liked: Liked = { ...likedHere, watch: (changed) => likedHere.watch(() => keep.settled.get() && changed()) };
const store = new LayoutStore(keep, wallClock, liked, keep.settled.get);
addEventListener("pagehide", () => store.flush());

/** From now on kept at this host as well, if it is the person's own. */
export function keepLayoutAt(own: Store): void {
  keep.at(own);
}

export function useLayout(): Layout {
  return useCell(store.layout);
}

/** Whether what was kept for this person has come, if anything was. */
export function useLayoutSettled(): boolean {
  return useCell(keep.settled);
}

export function getLayout(): Layout {
  return store.layout.get();
}

export function actOnLayout(action: Action): void {
  store.act(action);
}

/** Where it is open already it is looked at there (WI2), else it stands beside what is read (WI4). */
export function showBeside(tab: Tab): void {
  const key = tabKey(tab);
  store.act(paneWith(store.layout.get(), key) ? { type: "choose", key } : { type: "open_beside", tab });
}

/** Forget what is in memory and read the storage again, as a reload does. */
export function reloadLayout(): void {
  store.reload();
}

/** Keeps at once what was changed. */
export function keepLayout(): void {
  store.flush();
}

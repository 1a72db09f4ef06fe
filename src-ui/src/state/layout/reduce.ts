import { closePane, closeTab, prune, reopen } from "./closing";
import { activeTab, focused, MOST_PANES, paneOf, paneWith, panesOf, tabKey, type Aside, type Layout, type Side, type Tab } from "./model";
import { changePane, dropEmptied, lookAt, withNewPane, without } from "./panes";
import { moveBorder } from "./shares";

/** A border between neighbours: of columns, or of the panes of one column. */
export type Border = { column: number | null; index: number };

export type Action =
  | { type: "open"; tab: Tab }
  | { type: "open_beside"; tab: Tab }
  | { type: "choose"; key: string }
  | { type: "focus"; pane: number }
  | { type: "split"; pane: number; side: Side }
  | { type: "move"; key: string; pane: number; at: number }
  | { type: "move_out"; key: string; pane: number; side: Side }
  | { type: "replace"; key: string; tab: Tab }
  | { type: "close_tab"; key: string }
  | { type: "close_pane"; pane: number }
  | { type: "reopen" }
  | { type: "resize"; border: Border; first: number }
  | { type: "fold"; pane: number }
  | { type: "unfold"; pane: number }
  | { type: "aside"; aside: Aside }
  | { type: "prune"; gone: (tab: Tab) => boolean };

/** The layout after what a person did. What leads nowhere changes nothing. */
export function reduce(layout: Layout, action: Action): Layout {
  const after = step(layout, action);
  if (after === layout) return layout;
  return action.type === "prune" || action.type === "aside" ? after : { ...after, fresh: false };
}

function step(layout: Layout, action: Action): Layout {
  switch (action.type) {
    case "open":
      return open(layout, action.tab);
    case "open_beside":
      return openBeside(layout, action.tab);
    case "choose":
      return choose(layout, action.key);
    case "focus":
      return lookAt(layout, action.pane);
    case "split":
      return split(layout, action.pane, action.side);
    case "move":
      return move(layout, action.key, action.pane, action.at);
    case "move_out":
      return moveOut(layout, action.key, action.pane, action.side);
    case "replace":
      return replace(layout, action.key, action.tab);
    case "close_tab":
      return closeTab(layout, action.key);
    case "close_pane":
      return closePane(layout, action.pane);
    case "reopen":
      return reopen(layout);
    case "resize":
      return resize(layout, action.border, action.first);
    case "fold":
      return fold(layout, action.pane);
    case "unfold":
      return lookAt(layout, action.pane);
    case "aside":
      return layout.aside === action.aside ? layout : { ...layout, aside: action.aside };
    case "prune":
      return prune(layout, action.gone);
  }
}

// WI2: a chat that is somewhere is looked at where it is.
function open(layout: Layout, tab: Tab): Layout {
  const key = tabKey(tab);
  if (paneWith(layout, key)) return choose(layout, key);
  const pane = focused(layout);
  const at = pane.tabs.findIndex((one) => tabKey(one) === pane.active) + 1;
  const shown = changePane(layout, pane.id, (one) => ({ ...one, tabs: one.tabs.toSpliced(at, 0, tab), active: key }));
  return lookAt(shown, pane.id);
}

// WI4: beside what is read, never in its place.
function openBeside(layout: Layout, tab: Tab): Layout {
  const key = tabKey(tab);
  const pane = focused(layout);
  if (pane.tabs.length === 0) return open(layout, tab);
  if (paneWith(layout, key)) return moveOut(layout, key, pane.id, "right");
  if (isFull(layout)) return open(layout, tab);
  return withNewPane(layout, pane.id, "right", [tab]);
}

function choose(layout: Layout, key: string): Layout {
  const pane = paneWith(layout, key);
  if (!pane) return layout;
  return lookAt(changePane(layout, pane.id, (one) => (one.active === key ? one : { ...one, active: key })), pane.id);
}

/** In the very place of another, which nobody misses. */
function replace(layout: Layout, key: string, tab: Tab): Layout {
  const pane = paneWith(layout, key);
  if (!pane || paneWith(layout, tabKey(tab))) return layout;
  const tabs = pane.tabs.map((one) => (tabKey(one) === key ? tab : one));
  return lookAt(changePane(layout, pane.id, (one) => ({ ...one, tabs, active: tabKey(tab) })), pane.id);
}

function split(layout: Layout, pane: number, side: Side): Layout {
  if (isFull(layout) || !paneOf(layout, pane)) return layout;
  return withNewPane(layout, pane, side, []);
}

function move(layout: Layout, key: string, to: number, at: number): Layout {
  const from = paneWith(layout, key);
  const target = paneOf(layout, to);
  const tab = from?.tabs.find((one) => tabKey(one) === key);
  if (!from || !target || !tab) return layout;
  const before = from.tabs.indexOf(tab);
  // Its own place closes behind it.
  const place = from === target && before < at ? at - 1 : at;
  if (from === target && before === place && from.active === key) return lookAt(layout, to);
  const taken = without(layout, (one) => one === tab);
  const put = changePane(taken, to, (one) => ({ ...one, tabs: one.tabs.toSpliced(Math.max(place, 0), 0, tab), active: key }));
  return lookAt(dropEmptied(put, layout), to);
}

function moveOut(layout: Layout, key: string, beside: number, side: Side): Layout {
  const from = paneWith(layout, key);
  const tab = from?.tabs.find((one) => tabKey(one) === key);
  const target = paneOf(layout, beside);
  if (!from || !tab || !target) return layout;
  const alone = from.tabs.length === 1;
  if (alone && from === target) return choose(layout, key);
  // A pane that goes makes room for the one that comes.
  if (isFull(layout) && !alone) return choose(layout, key);
  const taken = without(layout, (one) => one === tab);
  return dropEmptied(withNewPane(taken, beside, side, [tab]), layout);
}

function resize(layout: Layout, { column, index }: Border, first: number): Layout {
  if (column === null) {
    const columns = moveBorder(layout.columns, index, first);
    return columns === layout.columns ? layout : { ...layout, columns };
  }
  const columns = layout.columns.map((one, at) => (at === column ? { ...one, panes: moveBorder(one.panes, index, first) } : one));
  return { ...layout, columns };
}

/** Its part is kept as it was, so that unfolding gives it back. One pane always stays open. */
function fold(layout: Layout, id: number): Layout {
  const pane = paneOf(layout, id);
  const others = panesOf(layout).filter((one) => one.id !== id && !one.folded);
  if (!pane || pane.folded || others.length === 0) return layout;
  const folded = changePane(layout, id, (one) => ({ ...one, folded: true }));
  return layout.focus === id ? { ...folded, focus: others[0]?.id ?? id } : folded;
}

function isFull(layout: Layout): boolean {
  return panesOf(layout).length >= MOST_PANES;
}

/** The session that keys are meant for. */
export function inFront(layout: Layout): Tab | null {
  return activeTab(focused(layout));
}


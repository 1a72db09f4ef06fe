import { focused, MOST_CLOSED, MOST_PANES, paneOf, panesOf, paneWith, tabKey, type Closed, type Layout, type Pane, type Tab } from "./model";
import { changePane, dropEmptied, insertColumn, insertRow, lookAt, removePane, rowOf, without } from "./panes";

/** The last tab of a pane takes the pane with it, unless it is the only one. */
export function closeTab(layout: Layout, key: string): Layout {
  const pane = paneWith(layout, key);
  const tab = pane?.tabs.find((one) => tabKey(one) === key);
  if (!pane || !tab) return layout;
  const alone = pane.tabs.length === 1 && panesOf(layout).length > 1;
  const from = alone ? placeOf(layout, pane.id) : { kind: "tab" as const, pane: pane.id, at: pane.tabs.indexOf(tab) };
  const left = without(layout, (one) => one === tab);
  return dropEmptied(remember(left, { tabs: [tab], active: key, from }), layout);
}

// WI5: its tabs go, in their order, to the oldest of the other panes.
export function closePane(layout: Layout, id: number): Layout {
  const pane = paneOf(layout, id);
  const heir = panesOf(layout)
    .filter((one) => one.id !== id)
    .toSorted((a, b) => a.id - b.id)[0];
  if (!pane || !heir) return layout;
  const noted =
    pane.active === null ? layout : remember(layout, { tabs: pane.tabs, active: pane.active, from: placeOf(layout, id) });
  const given = changePane(noted, heir.id, (one) => ({ ...one, tabs: [...one.tabs, ...pane.tabs], active: one.active ?? pane.active }));
  return removePane(given, id);
}

// WI6: what was closed last comes back first, and is then nowhere else.
export function reopen(layout: Layout): Layout {
  const last = layout.closed.at(-1);
  if (!last) return layout;
  const rest = { ...layout, closed: layout.closed.slice(0, -1) };
  return last.from.kind === "pane" && panesOf(layout).length < MOST_PANES ? reopenPane(rest, last) : reopenTabs(rest, last);
}

function reopenPane(layout: Layout, { tabs, active, from }: Closed): Layout {
  const keys = new Set(tabs.map(tabKey));
  const stripped = without(layout, (tab) => keys.has(tabKey(tab)));
  const pane: Pane = { id: layout.nextPane, tabs, active, share: 1, folded: false };
  const { column, row } = from.kind === "pane" ? from : { column: layout.columns.length, row: null };
  const host = row === null ? undefined : stripped.columns[column];
  const columns = host
    ? stripped.columns.map((one) => (one === host ? insertRow(one, row ?? 0, pane) : one))
    : insertColumn(stripped.columns, column, pane);
  return dropEmptied({ ...stripped, columns, focus: pane.id, nextPane: layout.nextPane + 1 }, layout);
}

/** Where the tab was, or, when that pane is gone or there are too many, where the person is. */
function reopenTabs(layout: Layout, { tabs, active, from }: Closed): Layout {
  const there = from.kind === "tab" ? paneOf(layout, from.pane) : undefined;
  const pane = there ?? focused(layout);
  const missing = tabs.filter((tab) => !paneWith(layout, tabKey(tab)));
  const at = from.kind === "tab" && there ? from.at : pane.tabs.length;
  const put = changePane(layout, pane.id, (one) => (missing.length ? { ...one, tabs: one.tabs.toSpliced(at, 0, ...missing) } : one));
  const home = paneWith(put, active) ?? pane;
  return lookAt(changePane(put, home.id, (one) => ({ ...one, active })), home.id);
}

// WI10: what is not there any more is nowhere, also not among what can be reopened.
export function prune(layout: Layout, gone: (tab: Tab) => boolean): Layout {
  const closed = layout.closed.flatMap((one) => keep(one, gone));
  const same = closed.length === layout.closed.length && closed.every((one, at) => one === layout.closed[at]);
  const left = without(layout, gone);
  if (left === layout && same) return layout;
  const after = dropEmptied(same ? left : { ...left, closed }, layout);
  // Nothing that anybody chose is left, so the page may choose once more.
  return panesOf(after).every(({ tabs }) => tabs.length === 0) ? { ...after, fresh: true } : after;
}

function keep(closed: Closed, gone: (tab: Tab) => boolean): Closed[] {
  if (!closed.tabs.some(gone)) return [closed];
  const tabs = closed.tabs.filter((tab) => !gone(tab));
  const first = tabs[0];
  if (!first) return [];
  return [{ ...closed, tabs, active: tabs.some((tab) => tabKey(tab) === closed.active) ? closed.active : tabKey(first) }];
}

function remember(layout: Layout, closed: Closed): Layout {
  return { ...layout, closed: [...layout.closed, closed].slice(-MOST_CLOSED) };
}

function placeOf(layout: Layout, pane: number): Extract<Closed["from"], { kind: "pane" }> {
  const column = layout.columns.findIndex(({ panes }) => panes.some(({ id }) => id === pane));
  const there = layout.columns[column];
  return { kind: "pane", column, row: there && there.panes.length > 1 ? rowOf(there, pane) : null };
}

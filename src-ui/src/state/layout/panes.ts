import { focused, paneOf, panesOf, tabKey, type Column, type Layout, type Pane, type Side, type Tab } from "./model";
import { fit, shareOfOneMore } from "./shares";

export function changePane(layout: Layout, id: number, change: (pane: Pane) => Pane): Layout {
  const columns = layout.columns.map((column) => {
    const panes = column.panes.map((pane) => (pane.id === id ? change(pane) : pane));
    return panes.some((pane, at) => pane !== column.panes[at]) ? { ...column, panes } : column;
  });
  return columns.some((column, at) => column !== layout.columns[at]) ? { ...layout, columns } : layout;
}

/** Keys go to this pane; one that is folded opens. */
export function lookAt(layout: Layout, id: number): Layout {
  const pane = paneOf(layout, id);
  if (!pane) return layout;
  const open = pane.folded ? changePane(layout, id, (one) => ({ ...one, folded: false })) : layout;
  return open.focus === id ? open : { ...open, focus: id };
}

/** A new pane with these tabs on that side of another one, in front of the person. */
export function withNewPane(layout: Layout, beside: number, side: Side, tabs: readonly Tab[]): Layout {
  const column = layout.columns.findIndex(({ panes }) => panes.some(({ id }) => id === beside));
  const first = tabs[0];
  const pane: Pane = { id: layout.nextPane, tabs, active: first ? tabKey(first) : null, share: 1, folded: false };
  const after = side === "right" || side === "below" ? 1 : 0;
  const columns =
    side === "left" || side === "right"
      ? insertColumn(layout.columns, column + after, pane)
      : layout.columns.map((one, at) => (at === column ? insertRow(one, rowOf(one, beside) + after, pane) : one));
  return { ...layout, columns, focus: pane.id, nextPane: layout.nextPane + 1 };
}

export function insertColumn(columns: readonly Column[], at: number, pane: Pane): Column[] {
  const column: Column = { share: shareOfOneMore(columns), panes: [{ ...pane, share: 1 }] };
  return fit(columns.toSpliced(at, 0, column));
}

export function insertRow(column: Column, at: number, pane: Pane): Column {
  const share = shareOfOneMore(column.panes);
  return { ...column, panes: fit(column.panes.toSpliced(at, 0, { ...pane, share })) };
}

export function rowOf(column: Column, pane: number): number {
  return column.panes.findIndex(({ id }) => id === pane);
}

/** Takes tabs out of every pane; the one beside an active one that went comes to the front. */
export function without(layout: Layout, goes: (tab: Tab) => boolean): Layout {
  return panesOf(layout).reduce((now, pane) => {
    if (!pane.tabs.some(goes)) return now;
    return changePane(now, pane.id, (one) => ({ ...one, tabs: one.tabs.filter((tab) => !goes(tab)), active: nextActive(one, goes) }));
  }, layout);
}

function nextActive(pane: Pane, goes: (tab: Tab) => boolean): string | null {
  const at = pane.tabs.findIndex((tab) => tabKey(tab) === pane.active);
  const stays = (tab: Tab): boolean => !goes(tab);
  const next = pane.tabs.slice(at).find(stays) ?? pane.tabs.slice(0, at).findLast(stays);
  return next ? tabKey(next) : null;
}

export function removePane(layout: Layout, id: number): Layout {
  if (panesOf(layout).length === 1) return layout;
  const columns = layout.columns
    .map((column) => {
      const panes = column.panes.filter((pane) => pane.id !== id);
      return panes.length === column.panes.length || panes.length === 0 ? { ...column, panes } : { ...column, panes: fit(panes) };
    })
    .filter(({ panes }) => panes.length > 0);
  return settled({ ...layout, columns: columns.length === layout.columns.length ? columns : fit(columns) });
}

/** Panes that had tabs before and have none now go, as long as another one stays. */
export function dropEmptied(layout: Layout, before: Layout): Layout {
  return panesOf(before)
    .filter(({ id, tabs }) => tabs.length > 0 && paneOf(layout, id)?.tabs.length === 0)
    .reduce((now, { id }) => removePane(now, id), layout);
}

/** Somewhere keys can go: on a pane that is there and open. */
function settled(layout: Layout): Layout {
  const here = paneOf(layout, layout.focus);
  if (here && !here.folded) return layout;
  const open = panesOf(layout).find(({ folded }) => !folded);
  return lookAt(layout, (open ?? focused(layout)).id);
}

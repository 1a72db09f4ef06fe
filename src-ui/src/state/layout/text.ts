import { ASIDES, FRESH, MOST_CLOSED, MOST_PANES, tabKey, type Closed, type Column, type Layout, type Pane, type Tab } from "./model";
import type { Likes } from "./likes";
import { fit } from "./shares";

/** A layout as text, as small as it gets. The same layout is the same text. */
export function write(layout: Layout, likes?: Likes): string {
  return JSON.stringify({ v: 1, ...layout, likes });
}

/** What was kept, made whole: another version, another program or a hand may have written it. */
export function read(text: string | null): Layout {
  try {
    const known: unknown = JSON.parse(text ?? "null");
    return isRecord(known) && known.v === 1 ? layoutOf(known) : FRESH;
  } catch {
    return FRESH;
  }
}

function layoutOf(known: Known): Layout {
  const seen: Seen = { keys: new Set(), panes: new Set() };
  const columns = list(known.columns).flatMap((column) => columnOf(column, seen));
  const panes = columns.flatMap((column) => column.panes);
  if (panes.length === 0) return FRESH;
  const open = panes.find(({ folded }) => !folded) ?? panes[0];
  const focus = panes.find(({ id, folded }) => id === known.focus && !folded) ?? open;
  const opened = columns.map((column) => ({
    ...column,
    panes: fit(column.panes.map((pane) => (pane === focus ? { ...pane, folded: false } : pane))),
  }));
  return {
    columns: fit(opened),
    focus: focus?.id ?? FRESH.focus,
    nextPane: Math.max(whole(known.nextPane) ?? 0, ...panes.map(({ id }) => id + 1)),
    closed: list(known.closed).flatMap(closedOf).slice(-MOST_CLOSED),
    aside: ASIDES.find((one) => one === known.aside) ?? FRESH.aside,
    fresh: known.fresh === true,
  };
}

type Known = Record<string, unknown>;
type Seen = { keys: Set<string>; panes: Set<number> };

function columnOf(known: unknown, seen: Seen): Column[] {
  if (!isRecord(known)) return [];
  const panes = list(known.panes).flatMap((pane) => paneOf(pane, seen));
  return panes.length > 0 ? [{ share: part(known.share), panes }] : [];
}

function paneOf(known: unknown, seen: Seen): Pane[] {
  if (!isRecord(known)) return [];
  const id = whole(known.id);
  if (id === null || seen.panes.has(id) || seen.panes.size >= MOST_PANES) return [];
  seen.panes.add(id);
  const tabs = tabsOf(known.tabs, seen.keys);
  const keys = tabs.map(tabKey);
  const active = keys.find((key) => key === known.active) ?? keys[0] ?? null;
  return [{ id, tabs, active, share: part(known.share), folded: known.folded === true }];
}

function closedOf(known: unknown): Closed[] {
  if (!isRecord(known) || !isRecord(known.from)) return [];
  const tabs = tabsOf(known.tabs, new Set());
  const keys = tabs.map(tabKey);
  const active = keys.find((key) => key === known.active) ?? keys[0];
  const { from } = known;
  if (active === undefined) return [];
  if (from.kind === "pane") return [{ tabs, active, from: { kind: "pane", column: whole(from.column) ?? 0, row: whole(from.row) } }];
  return [{ tabs, active, from: { kind: "tab", pane: whole(from.pane) ?? 0, at: whole(from.at) ?? 0 } }];
}

/** Each only where it is met first (WI2). */
function tabsOf(known: unknown, keys: Set<string>): Tab[] {
  return list(known).flatMap((tab): Tab[] => {
    const read = isRecord(tab) ? tabOf(tab) : null;
    if (!read) return [];
    const key = tabKey(read);
    if (keys.has(key)) return [];
    keys.add(key);
    return [read];
  });
}

function tabOf({ kind, host: at, session, workspace, terminal }: Known): Tab | null {
  const host = typeof at === "string" ? at : null;
  if (kind === "chat" && typeof session === "string") return { kind, host, session };
  if (kind === "terminal" && typeof workspace === "string" && typeof terminal === "string") return { kind, host, workspace, terminal };
  if ((kind === "changes" || kind === "files") && typeof workspace === "string") return { kind, host, workspace };
  return null;
}

function isRecord(value: unknown): value is Known {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function whole(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

function part(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : 0;
}

/** What a pane can hold. */
export type ChatTab = { readonly kind: "chat"; /** The other host's key, `null` at the page's own. */ readonly host: string | null; readonly session: string };
/** A shell in a workspace. */
export type TerminalTab = { readonly kind: "terminal"; readonly host: string | null; readonly workspace: string; readonly terminal: string };
/** What became of a workspace's files. */
export type ChangesTab = { readonly kind: "changes"; readonly host: string | null; readonly workspace: string };
/** A workspace's files, as they are now. */
export type FilesTab = { readonly kind: "files"; readonly host: string | null; readonly workspace: string };
export type Tab = ChatTab | TerminalTab | ChangesTab | FilesTab;

export type Pane = {
  /** Given once and never again: the lowest is the oldest pane. */
  readonly id: number;
  readonly tabs: readonly Tab[];
  /** Key of the tab in front; `null` without tabs, when the pane shows what can be opened. */
  readonly active: string | null;
  /** Part of its column's height. What it is while folded is not kept here. */
  readonly share: number;
  readonly folded: boolean;
};

export type Column = { readonly panes: readonly Pane[]; /** Part of the width. */ readonly share: number };

/** What was closed, so that it can come back where it was. */
export type Closed = {
  readonly tabs: readonly Tab[];
  readonly active: string;
  /** Where a tab was, or the pane itself. */
  readonly from: { readonly kind: "tab"; readonly pane: number; readonly at: number } | { readonly kind: "pane"; readonly column: number; readonly row: number | null };
};

/** What the panel at the right can show. */
export const ASIDES = ["changes", "files", "people"] as const;
export type Aside = (typeof ASIDES)[number];

export type Layout = {
  readonly columns: readonly Column[];
  /** The pane that keys and new tabs go to. */
  readonly focus: number;
  readonly nextPane: number;
  /** Newest last. */
  readonly closed: readonly Closed[];
  /** What the panel at the right has in front. */
  readonly aside: Aside;
  /** Nobody has chosen anything yet: the page may choose. */
  readonly fresh: boolean;
};

export type Side = "left" | "right" | "above" | "below";

export const MOST_PANES = 5;
export const MOST_CLOSED = 10;
/** Below this part of a row of panes nothing can be read. */
export const LEAST_SHARE = 0.12;

export const FRESH: Layout = {
  columns: [{ share: 1, panes: [{ id: 1, tabs: [], active: null, share: 1, folded: false }] }],
  focus: 1,
  nextPane: 2,
  closed: [],
  aside: "people",
  fresh: true,
};

export function tabKey(tab: Tab): string {
  return `${tab.kind}:${tab.host ?? ""}/${idOf(tab)}`;
}

function idOf(tab: Tab): string {
  switch (tab.kind) {
    case "chat":
      return tab.session;
    case "terminal":
      return tab.terminal;
    case "changes":
    case "files":
      return tab.workspace;
  }
}

export function chat(session: string, host: string | null = null): ChatTab {
  return { kind: "chat", host, session };
}

/** The chats among these. */
export function chatsOf(tabs: readonly Tab[]): readonly ChatTab[] {
  return tabs.filter((tab) => tab.kind === "chat");
}

export function panesOf(layout: Layout): readonly Pane[] {
  return layout.columns.flatMap(({ panes }) => panes);
}

export function paneOf(layout: Layout, id: number): Pane | undefined {
  return panesOf(layout).find((pane) => pane.id === id);
}

export function paneWith(layout: Layout, key: string): Pane | undefined {
  return panesOf(layout).find((pane) => pane.tabs.some((tab) => tabKey(tab) === key));
}

export function focused(layout: Layout): Pane {
  const pane = paneOf(layout, layout.focus) ?? panesOf(layout)[0];
  if (!pane) throw new Error("a layout has at least one pane");
  return pane;
}

export function activeTab(pane: Pane): Tab | null {
  return pane.tabs.find((tab) => tabKey(tab) === pane.active) ?? null;
}

/** A column of which every pane is folded takes no more room than a strip. */
export function isStrip(column: Column): boolean {
  return column.panes.every(({ folded }) => folded);
}

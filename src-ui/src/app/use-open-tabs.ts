import { useEffect, useRef } from "react";
import type { Directory } from "../gen/Directory";
import type { SessionRow } from "../gen/SessionRow";
import type { WorkspaceView } from "../gen/WorkspaceView";
import { useGoneRooms } from "../state/gone-rooms";
import type { OtherHost } from "../state/hosts";
import { actOnLayout, useLayout, useLayoutSettled } from "../state/layout";
import { activeTab, panesOf, type Layout, type Tab } from "../state/layout/model";
import { inFront } from "../state/layout/reduce";
import { openSession, ranked } from "../state/open-session";
import { useOtherHosts } from "../state/other-hosts";
import { useTerminalNumbers } from "../state/terminal-numbers";
import { useSetups } from "../state/terminals";

/** What a tab shows, as far as it is known. */
export type Shown = {
  row: SessionRow | null;
  /** The host that it is at, if that is another one. */
  other: OtherHost | null;
  /** False while it may yet turn out what the tab stands for. */
  known: boolean;
  /** A shell in place of a session, and where it is. */
  terminal: { id: string; workspace: WorkspaceView; isSetup: boolean; number: string } | null;
  /** Whose files it shows instead. */
  changes: WorkspaceView | null;
  /** Whose files it reads. */
  files: WorkspaceView | null;
};

/** A session with the key of the host that it is at, when that is another one. */
export type Placed = { row: SessionRow; host: string | null };

export type OpenTabs = {
  layout: Layout;
  hosts: readonly OtherHost[];
  shown: (tab: Tab) => Shown;
  /** What the focused pane has in front. */
  front: Shown | null;
  /** Whose people stand at the side. */
  company: Shown | null;
  /** All sessions that are in reach. */
  sessions: readonly Placed[];
};

/** The layout over what there is, of this host and of those that its owner has joined. */
export function useOpenTabs(directory: Directory | null): OpenTabs {
  const layout = useLayout();
  const numberOf = useTerminalNumbers();
  const answer = useOtherHosts();
  const setups = useSetups();
  const hosts = answer ?? [];
  const shown = (tab: Tab): Shown => {
    const { host } = tab;
    const other = hosts.find(({ row }) => row.key === host) ?? null;
    const there = (host === null ? directory : other?.directory) ?? null;
    const known = there !== null && (host === null || other !== null);
    const at = { row: null, other, known, terminal: null, changes: null, files: null };
    if (tab.kind === "chat") return { ...at, row: there?.sessions.find((row) => row.session === tab.session) ?? null };
    const workspace = there?.workspaces.find((one) => one.workspace === tab.workspace && one.state !== "deleted") ?? null;
    if (tab.kind === "changes") return { ...at, changes: workspace };
    if (tab.kind === "files") return { ...at, files: workspace };
    return { ...at, terminal: workspace && { id: tab.terminal, workspace, isSetup: setups.has(tab.terminal), number: numberOf(tab.workspace, tab.terminal) } };
  };
  usePruned(directory, answer);
  useGoneRooms(directory, answer);
  useFirstChoice(directory, layout);
  const tab = inFront(layout);
  const front = tab && shown(tab);
  const sessions = [
    ...placed(directory, null),
    ...hosts.flatMap((one) => (one.link.kind === "live" ? placed(one.directory, one.row.key) : [])),
  ];
  return { layout, hosts, shown, front, company: front && companyOf(front, panesOf(layout).flatMap((pane) => activeTab(pane) ?? []).map(shown)), sessions };
}

/** RO2: what is read of a workspace is read beside the session that another pane has in front there. */
function companyOf(front: Shown, besides: readonly Shown[]): Shown | null {
  const read = front.terminal?.workspace ?? front.changes ?? front.files;
  if (!read) return front;
  return besides.find(({ row, other }) => row?.workspace === read.workspace && other?.row.key === front.other?.row.key) ?? null;
}

function placed(directory: Directory | null, host: string | null): Placed[] {
  return (directory?.sessions ?? []).map((row) => ({ row, host }));
}

/** WI10: a session that a directory had and has no more is gone; one that it has not named yet may come. */
function usePruned(directory: Directory | null, hosts: readonly OtherHost[] | null): void {
  const before = useRef(new Map<string | null, ReadonlySet<string>>());
  useEffect(() => {
    const now = new Map<string | null, ReadonlySet<string>>();
    if (directory) now.set(null, thingsOf(directory));
    for (const { row, directory: theirs } of hosts ?? []) if (theirs) now.set(row.key, thingsOf(theirs));
    const had = before.current;
    before.current = now;
    const gone = (tab: Tab): boolean => {
      const { host } = tab;
      if (host !== null && hosts !== null && !hosts.some(({ row }) => row.key === host)) return true;
      const id = tab.kind === "chat" ? tab.session : tab.workspace;
      const there = now.get(host);
      if (!there || there.has(id)) return false;
      return had.get(host)?.has(id) ?? true;
    };
    actOnLayout({ type: "prune", gone });
  }, [directory, hosts]);
}

/** What tabs stand for: sessions, and for the others the workspaces that they are in. */
function thingsOf(directory: Directory): ReadonlySet<string> {
  return new Set([...directory.sessions.map(({ session }) => session), ...directory.workspaces.filter(({ state }) => state !== "deleted").map(({ workspace }) => workspace)]);
}

/** Where nobody has chosen yet: what waits for this person, or the latest. What is shown then stays. */
function useFirstChoice(directory: Directory | null, layout: Layout): void {
  const settled = useLayoutSettled();
  const best = settled && layout.fresh && inFront(layout) === null ? ranked(directory)[0]?.session : undefined;
  useEffect(() => {
    if (best !== undefined) openSession(best);
  }, [best]);
}

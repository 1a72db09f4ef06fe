import { useCallback, useEffect, useSyncExternalStore } from "react";
import type { ChangesSince } from "../gen/ChangesSince";
import type { Reply } from "../gen/Reply";
import { useAsked, type Asked } from "./asked";
import { isBusy } from "./busy";
import { Cell } from "./cell";
import { useDirectory, useStore } from "./index";
import { showBeside } from "./layout";
import { showPage } from "./page";
import { useCell } from "./use-cell";
import { useVisible } from "./visible";

/** While somebody works there and the host can't tell of changes, files are looked at again this often. */
const LOOK_EVERY = 3_000;

/** What became of a workspace's files, looked at again while an agent works in it. */
export function useChanges(workspace: string | null, since: ChangesSince): Asked<"changes"> {
  const asked = useAsked(workspace === null ? null : { method: "changes", params: { workspace, since } }, "changes");
  useLookAgain(workspace, asked.again);
  return asked.current ? asked : { ...asked, answer: null };
}

export type FileView = { since: ChangesSince; path: string; /** Lines around each change. */ context: number; /** Changes of spaces count. */ whitespace: boolean };

/** One file's change, line by line, if it is wanted. */
export function useFileChange(workspace: string, view: FileView | null): Asked<"file_change"> {
  const params = view && { workspace, path: view.path, context: view.context, ignore_whitespace: !view.whitespace, since: view.since };
  const asked = useAsked(params && { method: "file_change", params }, "file_change");
  useLookAgain(workspace, asked.again);
  return asked;
}

/** Opens them in a tab beside what is read, or shows where they are open already. */
export function useOpenChanges(): (workspace: string, since?: ChangesSince) => void {
  const { place } = useStore();
  return (workspace, since) => {
    if (since) compare(place + workspace, since);
    showChanges(place, workspace);
  };
}

export function showChanges(place: string, workspace: string): void {
  showPage(null);
  showBeside({ kind: "changes", host: place === "" ? null : place.slice(0, -1), workspace });
}

const LAST_APPROVED: ChangesSince = { kind: "approval" };

/** What each workspace's changes are compared with, until the page goes. */
const compared = new Map<string, ChangesSince>();
const watchers = new Set<() => void>();

function compare(key: string, since: ChangesSince): void {
  compared.set(key, since);
  for (const watcher of watchers) watcher();
}

export function useSince(workspace: string | null): [ChangesSince, (since: ChangesSince) => void] {
  const key = useStore().place + (workspace ?? "");
  const since = useSyncExternalStore(watch, () => compared.get(key) ?? LAST_APPROVED);
  return [since, (next) => compare(key, next)];
}

/** The file of each workspace's changes that is read, until the page goes. */
const chosen = new Cell<ReadonlyMap<string, string>>(new Map());

export function useChosenChange(workspace: string): [string | null, (path: string | null) => void] {
  const key = useStore().place + workspace;
  const choose = useCallback(
    (path: string | null) => {
      const others = [...chosen.get()].filter(([one]) => one !== key);
      chosen.set(new Map(path === null ? others : [...others, [key, path]]));
    },
    [key],
  );
  return [useCell(chosen).get(key) ?? null, choose];
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

/** Looks again when the host says so, as long as the page is seen. */
export function useLookAgain(workspace: string | null, again: () => void): void {
  const { files } = useStore();
  const visible = useVisible();
  const sessions = useDirectory()?.sessions ?? [];
  const works = sessions.some((row) => row.workspace === workspace && isBusy(row.status));
  useEffect(() => (visible && workspace !== null ? files.watch(workspace, again) : undefined), [files, visible, workspace, again]);
  useEffect(() => {
    if (workspace === null || !works || !visible) return;
    const timer = setInterval(() => files.heard(workspace) || again(), LOOK_EVERY);
    return () => clearInterval(timer);
  }, [files, works, visible, workspace, again]);
}

export type Changed = Extract<Reply, { kind: "changes" }>;

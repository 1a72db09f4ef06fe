import { useSyncExternalStore } from "react";
import type { ChangedFile } from "../../gen/ChangedFile";
import { keepJson, recallJson } from "../../state/kept";

const KEY = "conclave.viewed.";
/** Of one workspace; the oldest marks go first. */
const MOST = 2_000;

/** Which changes this person has read, on this machine. A file that changes again is unread again: its id is another. */
export type Viewed = { has: (file: ChangedFile) => boolean; set: (file: ChangedFile, on: boolean) => void };

const known = new Map<string, readonly string[]>();
const watchers = new Set<() => void>();

export function useViewed(workspace: string): Viewed {
  const ids = useSyncExternalStore(watch, () => idsOf(workspace));
  return {
    has: ({ id }) => ids.includes(id),
    set: ({ id }, on) => {
      const others = idsOf(workspace).filter((one) => one !== id);
      const now = on ? [...others, id].slice(-MOST) : others;
      known.set(workspace, now);
      keepJson(KEY + workspace, now);
      for (const watcher of watchers) watcher();
    },
  };
}

function idsOf(workspace: string): readonly string[] {
  const ids = known.get(workspace) ?? recallJson(KEY + workspace, isIds) ?? [];
  known.set(workspace, ids);
  return ids;
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

function isIds(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}

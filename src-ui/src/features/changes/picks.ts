import { useState } from "react";
import type { ChangedFile } from "../../gen/ChangedFile";
import type { ChangePicks } from "../../gen/ChangePicks";

/** Files that are ticked. */
export type Picks = { has: (path: string) => boolean; set: (paths: readonly string[], on: boolean) => void };

export function usePicks(): Picks {
  const [picked, pick] = useState<ReadonlySet<string>>(new Set());
  return {
    has: (path) => picked.has(path),
    set: (paths, on) => pick((before) => new Set([...before].filter((one) => !paths.includes(one)).concat(on ? paths : []))),
  };
}

/** What is ticked, as it is seen; all where nothing is. */
export function picksOf(files: readonly ChangedFile[], seen: string, picks: Picks): { picks: ChangePicks; count: number } {
  const chosen = files.filter(({ path }) => picks.has(path));
  if (chosen.length === 0) return { picks: { kind: "all", seen }, count: 0 };
  return { picks: { kind: "these", picks: chosen.map(({ path, id }) => ({ kind: "file", path, id })) }, count: chosen.length };
}

import { useEffect, useMemo, useRef } from "react";
import type { ChangesSince } from "../gen/ChangesSince";
import { useAsked, type Asked } from "./asked";
import type { Wrong } from "./attempt";
import type { Changed } from "./changes";

/** Checkpoints and approved commits of a workspace, asked again when its files are others: `seen` says so. */
export function useWork(workspace: string, seen: string | null): Asked<"work"> {
  return useAskedAgain(useAsked({ method: "work", params: { workspace } }, "work"), seen);
}

/** The newest that a host lists: there may be older ones. */
export const LISTED = 500;

export type FilesBefore = {
  /** Of the files as they were before the turn; `null` while that is not known, and where there is none. */
  checkpoint: number | null;
  /** Why there is none. */
  lacks: "not_kept" | "too_old" | null;
  wrong: Wrong | null;
};

/** The checkpoint of before a turn. */
export function useFilesBefore(workspace: string, turn: string | null): FilesBefore {
  const { answer, wrong } = useAsked(turn === null ? null : { method: "work", params: { workspace } }, "work");
  const checkpoint = answer?.checkpoints.find(({ of }) => of?.turn === turn && of.edge === "before")?.number ?? null;
  const lacks = answer && checkpoint === null ? (answer.checkpoints.length < LISTED ? "not_kept" : "too_old") : null;
  return { checkpoint, lacks, wrong };
}

/** Who made what of its changes since the base. */
export function useMakers(workspace: string, seen: string | null): Asked<"makers"> {
  return useAskedAgain(useAsked({ method: "makers", params: { workspace } }, "makers"), seen);
}

const NONE: ReadonlySet<string> = new Set();

/**
 * The ids of the changes that are since the base, whatever they are compared with: an id stands for both sides of a file.
 * The base moves when the base branch is brought in, and the last approval with it, to another commit.
 */
export function useSinceBase(workspace: string, since: ChangesSince, changes: Changed | null): { ids: ReadonlySet<string>; again: () => void } {
  const wanted = since.kind === "approval" ? { method: "changes" as const, params: { workspace, since: { kind: "base" as const } } } : null;
  const { answer, again } = useAskedAgain(useAsked(wanted, "changes"), changes?.seen ?? null);
  const known = since.kind === "base" ? changes : since.kind === "approval" ? answer : null;
  const ids = useMemo(() => (known ? new Set(known.files.map(({ id }) => id)) : NONE), [known]);
  return { ids, again };
}

/** `seen` is another: `null` while it is not known. */
export function useAskedAgain<A extends { again: () => void }>(asked: A, seen: string | null): A {
  const { again } = asked;
  const last = useRef(seen);
  useEffect(() => {
    if (last.current !== null && last.current !== seen) again();
    last.current = seen;
  }, [seen, again]);
  return asked;
}

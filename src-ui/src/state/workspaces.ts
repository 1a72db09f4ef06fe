import type { Directory } from "../gen/Directory";
import type { WorkspaceView } from "../gen/WorkspaceView";
import { Cell } from "./cell";
import { useCell } from "./use-cell";

/** What the owner may want with a workspace as a whole. */
export type Wish = "rename" | "fork" | "push" | "pull" | "setup" | "archive" | "return" | "delete";
/** Something that is asked about first; to take it out of the archive is not. */
export type Question = { workspace: string; wish: Exclude<Wish, "return"> };

const asked = new Cell<Question | null>(null);

/** Puts the question about a workspace of the page's own host over the page; `null` takes it away. */
export function askOfWorkspace(question: Question | null): void {
  asked.set(question);
}

export function useWorkspaceQuestion(): Question | null {
  return useCell(asked);
}

export function isAsking(): boolean {
  return asked.get() !== null;
}

/** What can be done with it, as it is now. */
export function wishesOf({ state }: WorkspaceView): readonly Wish[] {
  if (state === "deleted") return [];
  return state === "archived" ? ["return", "delete"] : ["rename", "fork", "push", "pull", "setup", "archive"];
}

/** Neither archived nor deleted: there can be work in it. */
export function isInUse({ state }: WorkspaceView): boolean {
  return state === undefined || state === "active";
}

export function workspacesInUse(directory: Directory | null): WorkspaceView[] {
  return (directory?.workspaces ?? []).filter(isInUse);
}

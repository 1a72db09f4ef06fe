import { useCallback, useState, type FocusEvent } from "react";
import type { ChangedFile } from "../../gen/ChangedFile";
import type { Wrong } from "../../state/attempt";
import { useChanges } from "../../state/changes";
import { useDirectory } from "../../state/index";
import { useHere } from "../../state/rights-in";
import { useTree, type Folders } from "./use-tree";

const NONE: readonly never[] = [];
const SINCE_BASE = { kind: "base" } as const;

/** The files of a workspace as they can be listed, with what became of them. */
export type Lists = {
  changed: readonly ChangedFile[];
  folders: Folders;
  wrong: Wrong | null;
  /** What this person may do about files. */
  may: { make: boolean; edit: boolean };
  /** Counts up when all is to be read again. */
  look: number;
  lookAgain: () => void;
  /** Somebody comes here, from where files may have been written. */
  onComing: { onPointerEnter: () => void; onFocus: (event: FocusEvent) => void };
};

export function useLists(workspace: string): Lists {
  const { owner, rights } = useHere(workspace);
  const active = useDirectory()?.workspaces.find((one) => one.workspace === workspace)?.state !== "archived";
  const [look, setLook] = useState(0);
  const { answer, wrong, again } = useChanges(workspace, SINCE_BASE);
  const changed = answer?.files ?? NONE;
  const folders = useTree(workspace, changed, look, answer?.seen ?? "");
  const lookAgain = useCallback(() => {
    setLook((n) => n + 1);
    again();
  }, [again]);
  const onFocus = ({ currentTarget, relatedTarget }: FocusEvent) => {
    if (relatedTarget instanceof Node && !currentTarget.contains(relatedTarget)) lookAgain();
  };
  const may = { make: owner && active, edit: active && (owner || rights.includes("approve")) };
  return { changed, folders, wrong, may, look, lookAgain, onComing: { onPointerEnter: lookAgain, onFocus } };
}

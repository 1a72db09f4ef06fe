import { useCallback } from "react";
import { t } from "../messages/t";
import { useAct } from "./act";
import { tellDone } from "./toasts";

/** Tells that files were changed, and offers to put them back as they were before: at the checkpoint `undo`. */
export function useUndo(workspace: string): (told: string, undo: number) => void {
  const { act } = useAct();
  return useCallback(
    (told, undo) => {
      const run = async () => {
        const back = await act({ method: "restore_files", params: { workspace, checkpoint: undo } });
        if (back) tellDone(t("undo.done"));
      };
      tellDone(told, { label: t("undo"), run: () => void run() });
    },
    [act, workspace],
  );
}

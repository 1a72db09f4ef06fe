import { useCallback } from "react";
import { t } from "../messages/t";
import { useAct } from "./act";
import { addToast } from "./toasts";

/** Tells that files were changed, and offers to put them back as they were before: at the checkpoint `undo`. */
export function useUndo(workspace: string): (told: string, undo: number) => void {
  const { act } = useAct();
  return useCallback(
    (told, undo) => {
      const run = async () => {
        const back = await act({ method: "restore_files", params: { workspace, checkpoint: undo } });
        if (back) addToast({ message: t("undo.done"), hint: null, action: null });
      };
      addToast({ message: told, hint: null, action: { label: t("undo"), run: () => void run() } });
    },
    [act, workspace],
  );
}

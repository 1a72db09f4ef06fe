import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { addToast } from "../../state/toasts";

/** Begins to bring the base branch into the workspace; `null` where there is none. */
export function useBringIn(workspace: string, base: string | null, again: () => void): (() => void) | null {
  const { act } = useAct();
  if (base === null) return null;
  const begin = async () => {
    const reply = await act({ method: "merge_base", params: { workspace, step: "begin" } });
    if (reply?.kind !== "merging") return;
    const message = reply.conflicts.length === 0 ? t("bring_in.done", { base }) : t("bring_in.conflicts");
    addToast({ message, hint: null, action: null });
    again();
  };
  return () => void begin();
}

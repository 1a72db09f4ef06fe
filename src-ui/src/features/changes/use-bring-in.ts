import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { addToast, tellDone } from "../../state/toasts";

/** Begins to bring the base branch into the workspace; `null` where there is none. */
export function useBringIn(workspace: string, base: string | null, again: () => void): (() => void) | null {
  const { act } = useAct();
  if (base === null) return null;
  const begin = async () => {
    const reply = await act({ method: "merge_base", params: { workspace, step: "begin" } });
    if (reply?.kind !== "merging") return;
    if (reply.conflicts.length === 0) tellDone(t("bring_in.done", { base }));
    else addToast({ message: t("bring_in.conflicts"), hint: null, action: null });
    again();
  };
  return () => void begin();
}

import { useAct } from "./act";
import { useStore } from "./index";
import { runSetup } from "./setup";
import { askOfWorkspace, type Wish } from "./workspaces";

/** Does it, after a question where there is one. */
export function useWish(): (workspace: string, wish: Wish) => void {
  const { act } = useAct();
  const store = useStore();
  return (workspace, wish) => {
    if (wish === "return") void act({ method: "return_workspace", params: { workspace } });
    else if (wish === "setup") void runSetup(store, workspace);
    else askOfWorkspace({ workspace, wish });
  };
}

import type { Directory } from "../../gen/Directory";
import { useGone } from "../../state/gone";
import { askOfWorkspace, useWorkspaceQuestion, wishesOf } from "../../state/workspaces";
import { ArchiveWorkspace } from "./archive-workspace";
import { AskPull } from "./ask-pull";
import { DeleteWorkspace } from "./delete-workspace";
import { ForkWorkspace } from "./fork-workspace";
import { PushWorkspace } from "./push-workspace";
import { RenameWorkspace } from "./rename-workspace";
import { SetupDialog } from "./setup-dialog";

const close = () => askOfWorkspace(null);

/** What the owner is asked about a workspace, wherever they came from. */
export function WorkspaceQuestion({ directory }: { directory: Directory | null }) {
  const question = useWorkspaceQuestion();
  const workspace = directory?.workspaces.find((one) => one.workspace === question?.workspace);
  const fits = question !== null && workspace !== undefined && wishesOf(workspace).includes(question.wish);
  useGone(question, fits, close);
  if (!fits) return null;
  const about = { workspace, onClose: close };
  switch (question.wish) {
    case "rename":
      return <RenameWorkspace {...about} />;
    case "fork":
      return <ForkWorkspace {...about} sessions={directory?.sessions ?? []} />;
    case "push":
      return <PushWorkspace {...about} />;
    case "pull":
      return <AskPull {...about} />;
    case "setup":
      return <SetupDialog {...about} />;
    case "archive":
      return <ArchiveWorkspace {...about} />;
    case "delete":
      return <DeleteWorkspace {...about} />;
  }
}

import { useEffect } from "react";
import type { Directory } from "../../gen/Directory";
import { askOfWorkspace, useWorkspaceQuestion, wishesOf } from "../../state/workspaces";
import { ArchiveWorkspace } from "./archive-workspace";
import { DeleteWorkspace } from "./delete-workspace";
import { ForkWorkspace } from "./fork-workspace";
import { RenameWorkspace } from "./rename-workspace";

/** What the owner is asked about a workspace, wherever they came from. */
export function WorkspaceQuestion({ directory }: { directory: Directory | null }) {
  const question = useWorkspaceQuestion();
  const workspace = directory?.workspaces.find((one) => one.workspace === question?.workspace);
  const close = () => askOfWorkspace(null);
  const fits = question !== null && workspace !== undefined && wishesOf(workspace).includes(question.wish);
  // Another device was faster.
  useEffect(() => {
    if (question !== null && !fits) askOfWorkspace(null);
  }, [question, fits]);
  if (!fits) return null;
  const about = { workspace, onClose: close };
  switch (question.wish) {
    case "rename":
      return <RenameWorkspace {...about} />;
    case "fork":
      return <ForkWorkspace {...about} sessions={directory?.sessions ?? []} />;
    case "archive":
      return <ArchiveWorkspace {...about} />;
    case "delete":
      return <DeleteWorkspace {...about} />;
  }
}

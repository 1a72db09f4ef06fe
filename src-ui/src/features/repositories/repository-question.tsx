import type { Directory } from "../../gen/Directory";
import { useGone } from "../../state/gone";
import { askOfRepository, useRepositoryQuestion } from "../../state/repositories";
import { NewWorkspaceDialog } from "./new-workspace-dialog";
import { RemoveRepository } from "./remove-repository";
import { Worktrees } from "./worktrees";

const close = () => askOfRepository(null);

/** What the owner is asked about a repository, wherever they came from. */
export function RepositoryQuestion({ directory }: { directory: Directory | null }) {
  const question = useRepositoryQuestion();
  const repository = directory?.repositories.find((one) => one.repository === question?.repository);
  useGone(question, repository !== undefined, close);
  if (question === null || repository === undefined) return null;
  const about = { repository, onClose: close };
  switch (question.wish) {
    case "workspace":
      return <NewWorkspaceDialog {...about} />;
    case "worktrees":
      return <Worktrees {...about} />;
    case "remove":
      return <RemoveRepository {...about} />;
  }
}

import type { RepositoryView } from "../gen/RepositoryView";
import { t } from "../messages/t";
import { Cell } from "./cell";
import { failureHint, failureMessage, isFailure } from "./failure";
import { useSend } from "./index";
import { addToast, tellDone } from "./toasts";
import { useCell } from "./use-cell";

/** What the owner may want with a repository as a whole. */
export const REPOSITORY_WISHES = ["workspace", "worktrees", "forget_setup", "remove"] as const;
export type RepositoryWish = (typeof REPOSITORY_WISHES)[number];
/** All but one are asked about first. */
export type RepositoryQuestion = { repository: string; wish: Exclude<RepositoryWish, "forget_setup"> };

const asked = new Cell<RepositoryQuestion | null>(null);

/** Puts the question about a repository of the page's own host over the page; `null` takes it away. */
export function askOfRepository(question: RepositoryQuestion | null): void {
  asked.set(question);
}

export function useRepositoryQuestion(): RepositoryQuestion | null {
  return useCell(asked);
}

/** Does it, after a question where there is one. */
export function useRepositoryWish(): (repository: RepositoryView, wish: RepositoryWish) => void {
  const send = useSend();
  const forget = async ({ repository, name }: RepositoryView) => {
    try {
      await send({ method: "forget_setup", params: { repository } });
      tellDone(t("repository.setup_forgotten", { repository: name }));
    } catch (error) {
      const none = isFailure(error) && error.code === "not_found";
      addToast({ message: none ? t("repository.setup_unknown", { repository: name }) : failureMessage(error), hint: none ? null : failureHint(error), action: null });
    }
  };
  return (repository, wish) => {
    if (wish === "forget_setup") void forget(repository);
    else askOfRepository({ repository: repository.repository, wish });
  };
}

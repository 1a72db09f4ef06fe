import { useAttempt, type Wrong } from "./attempt";

/** A new workspace under a name: a worktree and a branch of its own. */
export function useMakeWorkspace(): { make: (repository: string, name: string) => Promise<boolean>; busy: boolean; wrong: Wrong | null } {
  const { attempt, busy, wrong } = useAttempt();
  const make = async (repository: string, name: string) => (await attempt({ method: "create_workspace", params: { repository, name } })) !== null;
  return { make, busy, wrong };
}

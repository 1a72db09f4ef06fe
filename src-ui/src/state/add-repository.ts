import { useAttempt, type Wrong } from "./attempt";

/** Adds a git repository by its path on the host. */
export function useAddRepository(): { add: (path: string) => Promise<boolean>; busy: boolean; wrong: Wrong | null } {
  const { attempt, busy, wrong } = useAttempt();
  const add = async (path: string) => (await attempt({ method: "add_repository", params: { path } })) !== null;
  return { add, busy, wrong };
}

import { useAct } from "./act";

/** Adds a git repository by its path on the host. */
export function useAddRepository(): { add: (path: string) => Promise<boolean>; busy: boolean } {
  const { act, busy } = useAct();
  const add = async (path: string) => (await act({ method: "add_repository", params: { path } })) !== null;
  return { add, busy };
}

import { useHere } from "./rights-in";

/** Whether this person may steer or suggest in a workspace. */
export function useMayWrite(workspace: string): boolean {
  const { owner, rights } = useHere(workspace);
  return owner || rights.includes("steer") || rights.includes("suggest");
}

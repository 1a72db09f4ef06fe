import { useDirectory, useStore } from "./index";
import { useRooms } from "./use-rooms";

/** Whether this person may steer or suggest in a workspace, as its newest session tells. */
export function useMayWrite(workspace: string): boolean {
  const store = useStore();
  const rows = (useDirectory()?.sessions ?? []).filter((row) => row.workspace === workspace && row.status !== "broken");
  const newest = rows.toSorted((a, b) => rank(b) - rank(a) || b.updated_at - a.updated_at)[0];
  const [room] = useRooms(newest ? [{ store, session: newest.session }] : []);
  const rights = room?.view?.you.rights ?? [];
  return rights.includes("steer") || rights.includes("suggest");
}

function rank({ state }: { state: string }): number {
  return state === "ended" ? 0 : 1;
}

import { useRef } from "react";
import type { SessionRow } from "../gen/SessionRow";
import { useDirectory, useLink, useStore } from "./index";
import { useRooms } from "./use-rooms";

/**
 * Whether this person may steer or suggest in a workspace. A guest's rights are told in its rooms: in one that is looked
 * at anyhow, since to look at another one is to enter it.
 */
export function useMayWrite(workspace: string): boolean {
  const store = useStore();
  const link = useLink();
  const owner = useRef(false);
  if (link.kind === "live") owner.current = link.welcome.owner;
  const rows = (useDirectory()?.sessions ?? []).filter((row) => row.workspace === workspace && row.status !== "broken");
  const rank = ({ session, state }: SessionRow) => (store.isWatched(session) ? 2 : state === "ended" ? 0 : 1);
  const best = rows.toSorted((a, b) => rank(b) - rank(a) || b.updated_at - a.updated_at)[0];
  const [room] = useRooms(best && !owner.current ? [{ store, session: best.session }] : []);
  const rights = room?.view?.you.rights ?? [];
  return owner.current || rights.includes("steer") || rights.includes("suggest");
}

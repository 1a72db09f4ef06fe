import { useRef } from "react";
import type { Right } from "../gen/Right";
import type { SessionRow } from "../gen/SessionRow";
import type { Room } from "../replica/types";
import { useDirectory, useLink, useStore } from "./index";
import { useRooms } from "./use-rooms";

const NONE: readonly Right[] = [];

/** What is known of this person and a workspace; the room is one whose people and words they share. */
export type Here = { owner: boolean; rights: readonly Right[]; room: Room | null };

/**
 * What this person may do in a workspace. A guest's rights are told in its rooms: in one that is looked at anyhow, since
 * to look at another one is to enter it.
 */
export function useHere(workspace: string): Here {
  const store = useStore();
  const link = useLink();
  const owner = useRef(false);
  if (link.kind === "live") owner.current = link.welcome.owner;
  const rows = (useDirectory()?.sessions ?? []).filter((row) => row.workspace === workspace && row.status !== "broken");
  const rank = ({ session, state }: SessionRow) => (store.isWatched(session) ? 2 : state === "ended" ? 0 : 1);
  const best = rows.toSorted((a, b) => rank(b) - rank(a) || b.updated_at - a.updated_at)[0];
  const [room = null] = useRooms(best && (!owner.current || store.isWatched(best.session)) ? [{ store, session: best.session }] : []);
  return { owner: owner.current, rights: room?.view?.you.rights ?? NONE, room };
}

/** Whether what agents and people made may be approved, taken back and rewound by whoever has these rights. */
export function mayApprove(rights: readonly Right[]): boolean {
  return rights.includes("approve") || rights.includes("own");
}

import type { Directory } from "../../gen/Directory";
import type { SessionRow } from "../../gen/SessionRow";
import type { Room } from "../../replica/types";
import { isBusy, isWaiting } from "../../state/busy";
import type { Store } from "../../state/store";
import { useStore } from "../../state/index";
import { useUnreadKeys } from "../../state/unread";
import { useRooms } from "../../state/use-rooms";
import { placeOf } from "../place-of";
import type { OpenTabs } from "../use-open-tabs";
import { waitsIn, type Wait } from "./waits";

/** A session with what waits in it for this person, or for somebody else. */
export type WaitingIn = {
  key: string;
  row: SessionRow;
  /** The other host's key. */
  host: string | null;
  store: Store;
  room: Room;
  place: string;
  waits: readonly Wait[];
};

export type AllWaiting = { mine: readonly WaitingIn[]; /** Where only others can do something. */ others: readonly WaitingIn[]; loading: boolean };

/** Looks into every session that may want something, the one that has waited longest first. */
export function useWaiting(directory: Directory | null, tabs: OpenTabs): AllWaiting {
  const own = useStore();
  const unread = useUnreadKeys();
  const looked = tabs.sessions.flatMap(({ row, host }) => {
    const other = tabs.hosts.find((one) => one.row.key === host) ?? null;
    const store = other?.store ?? own;
    const key = store.place + row.session;
    const place = placeOf(row, other ? other.directory : directory, other?.row.label ?? null).words;
    return mayWant(row, unread.has(key)) ? [{ key, row, host, store, session: row.session, place }] : [];
  });
  const rooms = useRooms(looked);
  const all = looked.flatMap(({ session: _, ...one }, at): WaitingIn[] => {
    const room = rooms[at];
    return room ? [{ ...one, room, waits: waitsIn(room, unread.has(one.key)) }] : [];
  });
  const mine = all.filter(({ waits }) => waits.length > 0).toSorted((a, b) => since(a) - since(b));
  const others = all.filter(({ row, room, waits }) => isWaiting(row.status) && room.status === "live" && waits.length === 0);
  return { mine, others, loading: directory === null || all.some(({ row, room }) => isWaiting(row.status) && room.status === "loading") };
}

function mayWant(row: SessionRow, unread: boolean): boolean {
  const { status, queued } = row;
  if (isBusy(status) || status === "interrupted") return true;
  return status === "idle" && (unread || queued > 0);
}

function since({ waits }: WaitingIn): number {
  return waits[0]?.at ?? 0;
}

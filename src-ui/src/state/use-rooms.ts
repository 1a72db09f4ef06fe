import { useCallback, useMemo, useRef, useSyncExternalStore } from "react";
import type { Room } from "../replica/types";
import type { Store } from "./store";

export type RoomOf = { store: Store; session: string };

/** Several rooms at once, each kept up to date while they are looked at together. */
export function useRooms(wanted: readonly RoomOf[]): readonly Room[] {
  const key = wanted.map(({ store, session }) => store.place + session).join(" ");
  const all = useMemo(() => wanted, [key]);
  const last = useRef<readonly Room[]>([]);
  const subscribe = useCallback(
    (listener: () => void) => {
      const ends = all.flatMap(({ store, session }) => [store.watch(session), store.room(session).room.subscribe(listener)]);
      return () => ends.forEach((end) => end());
    },
    [all],
  );
  return useSyncExternalStore(subscribe, () => {
    const now = all.map(({ store, session }) => store.room(session).room.get());
    const same = now.length === last.current.length && now.every((room, at) => room === last.current[at]);
    if (!same) last.current = now;
    return last.current;
  });
}

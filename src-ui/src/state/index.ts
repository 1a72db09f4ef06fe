import { createContext, use, useCallback, useMemo, useSyncExternalStore } from "react";
import type { AgentRow } from "../gen/AgentRow";
import type { Directory } from "../gen/Directory";
import type { Reply } from "../gen/Reply";
import type { LinkState, RequestWithoutCommand } from "../link";
import type { Item, Room } from "../replica/types";
import { beforeFrame, notBeforeFrame } from "./frames";
import type { Store } from "./store";
import { useCell } from "./use-cell";

const StoreContext = createContext<Store | null>(null);

/** `<StoreProvider value={store}>` around everything that uses the hooks below. */
export const StoreProvider = StoreContext;

export function useLink(): LinkState {
  return useCell(useStore().state);
}

/** Dial now: out of `retrying`, or once more after `refused`. */
export function useRedial(): () => void {
  const { link } = useStore();
  return useCallback(() => link.start(), [link]);
}

/** Knock at the door under this name, in the state `needs_name`. */
export function useKnock(): (name: string) => void {
  const { link } = useStore();
  return useCallback((name) => link.knock(name), [link]);
}

/** Names a session among those of all hosts, for what this browser keeps of it: drafts, what was seen. */
export function useRoomKey(session: string): string {
  return useStore().place + session;
}

export function useDirectory(): Directory | null {
  return useCell(useStore().directory);
}

export function useAgents(): AgentRow[] {
  return useCell(useStore().agents);
}

/** The room while it is looked at; it stays warm for two minutes after. */
export function useRoom(session: string): Room {
  return useRoomPart(session, whole);
}

/** A part of the room: renders again only when what `select` returns is another value or object. */
export function useRoomPart<T>(session: string, select: (room: Room) => T): T {
  const store = useStore();
  const subscribe = useCallback(
    (listener: () => void) => {
      const unwatch = store.watch(session);
      const unsubscribe = store.room(session).room.subscribe(listener);
      return () => {
        unsubscribe();
        unwatch();
      };
    },
    [store, session],
  );
  return useSyncExternalStore(subscribe, () => select(store.room(session).room.get()));
}

/** An item of this room's transcript with its newest text: only this component follows its deltas. */
export function useItem<T extends Item>(session: string, item: T): T {
  const store = useStore();
  const { id } = item;
  const subscribe = useCallback(
    (listener: () => void) => {
      const stop = store.room(session).onItem(id, () => beforeFrame(listener));
      return () => {
        stop();
        notBeforeFrame(listener);
      };
    },
    [store, session, id],
  );
  return useSyncExternalStore(subscribe, () => store.room(session).item(item));
}

/**
 * Asks something of the host. Resolves with its answer, also when that comes on a later connection: a
 * command is sent again with the same id until it is answered (LO5). Rejects with a `Failure`.
 */
export function useSend(): (request: RequestWithoutCommand) => Promise<Reply> {
  const { link } = useStore();
  return useCallback((request) => link.request(request), [link]);
}

export function useOlder(session: string): { load(): void; loading: boolean; whole: boolean } {
  const room = useStore().room(session);
  const { loading, whole: all } = useCell(room.older);
  return useMemo(() => ({ load: () => void room.loadOlder(), loading, whole: all }), [room, loading, all]);
}

const TYPING_EVERY_MS = 3_000;

/** Call on every key: tells the others at most every three seconds. */
export function useTyping(session: string): () => void {
  const { link, clock } = useStore();
  return useMemo(() => {
    let last = -Infinity;
    return () => {
      if (clock.now() - last < TYPING_EVERY_MS) return;
      last = clock.now();
      link.request({ method: "typing", params: { session } }).catch(() => undefined);
    };
  }, [link, clock, session]);
}

export function useStore(): Store {
  const store = use(StoreContext);
  if (!store) throw new Error("There is no StoreProvider around this component.");
  return store;
}

function whole(room: Room): Room {
  return room;
}

import type { Notification } from "../gen/Notification";
import type { Signal } from "../gen/Signal";
import type { Snapshot } from "../gen/Snapshot";
import { RequestFailed, type Link } from "../link";
import type { Delta } from "../replica/running";
import {
  itemOf,
  unknown,
  withDelta,
  withEvents,
  withHead,
  withItemText,
  withPage,
  withSnapshot,
  withView,
  type Replica,
} from "../replica/replica";
import type { Item, Room } from "../replica/types";
import { Cell } from "./cell";
import { contradicts, keepHead, keptHead } from "./witness";

export type Older = { loading: boolean; whole: boolean };
export type RoomNotification = Extract<Notification, { method: "snapshot" | "events" | "view" | "signal" | "head" | "gone" }>;

const PAGE = 200;
const TYPING_MS = 6_000;
const RETRY_MS = 1_000;

const empty: Room = {
  status: "loading",
  view: null,
  transcript: unknown.transcript,
  replacedAt: null,
  typing: {},
};

/** One session's room as long as it is warm: its replica, and what must be asked to keep it whole. */
export class WarmRoom {
  readonly room = new Cell<Room>(empty);
  readonly older = new Cell<Older>({ loading: false, whole: false });
  private replica: Replica = unknown;
  private readonly itemListeners = new Map<string, Set<() => void>>();
  private readonly typingTimers = new Map<string, ReturnType<typeof setTimeout>>();
  private retry: ReturnType<typeof setTimeout> | undefined;
  private subscribing = false;
  private readonly stream: string;

  constructor(
    private readonly session: string,
    private readonly link: Link,
    private readonly place: string,
  ) {
    this.stream = `session:${session}`;
  }

  /** On every new connection, and when a hole is seen: what follows the cursor, or a snapshot (LO2, LO9). */
  async subscribe(): Promise<void> {
    if (this.subscribing) return;
    clearTimeout(this.retry);
    this.subscribing = true;
    try {
      const { cursor } = this.replica;
      await this.link.request({ method: "subscribe", params: { stream: this.stream, cursor } });
      for (const { item } of this.replica.running) void this.askText(item.id);
    } catch (error) {
      this.refused(error);
    } finally {
      this.subscribing = false;
    }
  }

  unsubscribe(): void {
    clearTimeout(this.retry);
    for (const timer of this.typingTimers.values()) clearTimeout(timer);
    this.link.request({ method: "unsubscribe", params: { stream: this.stream } }).catch(() => undefined);
  }

  hear(told: RoomNotification): void {
    switch (told.method) {
      case "snapshot":
        return this.snapshot(told.params);
      case "events":
        return this.events(told.params.prev, told.params.events);
      case "view":
        return this.become(withView(this.replica, told.params.view));
      case "signal":
        return this.signal(told.params.signal);
      case "head":
        keepHead(told.params, this.place);
        return this.become(withHead(this.replica, told.params));
      case "gone":
        return this.room.set({ ...this.room.get(), status: "gone" });
    }
  }

  private snapshot(snapshot: Snapshot): void {
    const replaced = snapshot.replaced || contradicts(keptHead(this.stream, this.place), snapshot);
    this.become(withSnapshot(this.replica, { ...snapshot, replaced }, Date.now()));
    if (snapshot.head) keepHead(snapshot.head, this.place);
  }

  async loadOlder(): Promise<void> {
    const { first, whole } = this.replica.transcript;
    if (this.older.get().loading || whole || !this.replica.cursor) return;
    this.older.set({ loading: true, whole });
    try {
      const params = { stream: this.stream, before: first, limit: PAGE };
      const reply = await this.link.request({ method: "page", params });
      // A snapshot in between has moved the border: that page would leave a hole.
      if (reply.kind === "page" && this.replica.transcript.first === first) {
        this.become(withPage(this.replica, reply.events, reply.first));
      }
    } catch {
      // Asked again when the reader scrolls on.
    } finally {
      this.older.set({ loading: false, whole: this.replica.transcript.whole });
    }
  }

  item<T extends Item>(item: T): T {
    return itemOf(this.replica, item);
  }

  onItem(id: string, listener: () => void): () => void {
    const listeners = this.itemListeners.get(id) ?? new Set();
    this.itemListeners.set(id, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) this.itemListeners.delete(id);
    };
  }

  private events(prev: number, events: Parameters<typeof withEvents>[2]): void {
    for (const { event, actor } of events) {
      if (actor.kind === "person" && (event.type === "prompt_queued" || event.type === "turn_taken")) this.forgetTyping(actor.person);
    }
    const { replica, hole } = withEvents(this.replica, prev, events);
    this.become(replica);
    if (hole) void this.subscribe();
  }

  private signal(signal: Signal): void {
    switch (signal.kind) {
      case "delta":
        return this.delta(signal);
      case "typing":
        return this.typing(signal.person);
    }
  }

  private delta(delta: Delta): void {
    const { replica, ask } = withDelta(this.replica, delta, Date.now());
    this.become(replica);
    this.tellItem(delta.item);
    if (ask !== null) void this.askText(ask);
  }

  private async askText(item: string): Promise<void> {
    try {
      const reply = await this.link.request({ method: "item_text", params: { session: this.session, item } });
      if (reply.kind !== "item_text") return;
      const { replica, ask } = withItemText(this.replica, item, reply.n, reply.text);
      this.become(replica);
      this.tellItem(item);
      if (ask !== null) void this.askText(ask);
    } catch {
      // Without harm: the item's event brings its whole text.
    }
  }

  private typing(person: string): void {
    clearTimeout(this.typingTimers.get(person));
    this.typingTimers.set(person, setTimeout(() => this.forgetTyping(person), TYPING_MS));
    this.room.set({ ...this.room.get(), typing: { ...this.room.get().typing, [person]: Date.now() } });
  }

  /** After a while, or once what they wrote is there. */
  private forgetTyping(person: string): void {
    clearTimeout(this.typingTimers.get(person));
    const { [person]: since, ...typing } = this.room.get().typing;
    if (since !== undefined) this.room.set({ ...this.room.get(), typing });
  }

  private refused(error: unknown): void {
    if (!(error instanceof RequestFailed)) throw error;
    if (this.link.state.kind !== "live") return;
    if (error.retry === "after") {
      this.retry = setTimeout(() => void this.subscribe(), RETRY_MS);
      return;
    }
    this.room.set({ ...this.room.get(), status: "gone" });
  }

  private become(replica: Replica): void {
    const before = this.replica;
    if (replica === before) return;
    this.replica = replica;
    const { view, transcript, replacedAt } = replica;
    if (transcript === before.transcript && view === before.view && replacedAt === before.replacedAt) return;
    const status = replica.cursor ? "live" : "loading";
    this.room.set({ ...this.room.get(), status, view, transcript, replacedAt });
    const older = this.older.get();
    if (older.whole !== transcript.whole) this.older.set({ ...older, whole: transcript.whole });
  }

  private tellItem(id: string): void {
    for (const listener of this.itemListeners.get(id) ?? []) listener();
  }
}

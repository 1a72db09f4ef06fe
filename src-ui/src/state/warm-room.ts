import type { LoggedEvent } from "../gen/LoggedEvent";
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
import type { Clock } from "./clock";
import { Signs } from "./signs";
import { contradicts, keepHead, keptHead } from "./witness";

export type Older = { loading: boolean; whole: boolean };
export type RoomNotification = Extract<Notification, { method: "snapshot" | "events" | "view" | "signal" | "head" | "gone" }>;

const PAGE = 200;
const TYPING_MS = 6_000;
/** Said again every 20 s while it holds (RO2). */
const LOOKING_MS = 45_000;
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
  /** Who has this session in front of them. */
  readonly looking: Signs;
  private readonly typing: Signs;
  private cancelRetry = (): void => {};
  private subscribing = false;
  private readonly stream: string;

  constructor(
    private readonly session: string,
    private readonly link: Link,
    private readonly place: string,
    private readonly clock: Clock,
  ) {
    this.stream = `session:${session}`;
    this.looking = new Signs(LOOKING_MS, clock);
    this.typing = new Signs(TYPING_MS, clock);
    this.typing.since.subscribe(() => this.room.set({ ...this.room.get(), typing: this.typing.since.get() }));
  }

  /** On every new connection, and when a hole is seen: what follows the cursor, or a snapshot (LO2, LO9). */
  async subscribe(): Promise<void> {
    if (this.subscribing) return;
    this.cancelRetry();
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
    this.cancelRetry();
    this.typing.forgetAll();
    this.looking.forgetAll();
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
    this.become(withSnapshot(this.replica, { ...snapshot, replaced }, this.clock.now()));
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
    for (const logged of events) this.heed(logged);
    const { replica, hole } = withEvents(this.replica, prev, events);
    this.become(replica);
    if (hole) void this.subscribe();
  }

  /** What is in the log ends the signs that announced it. */
  private heed({ event, actor }: LoggedEvent): void {
    switch (event.type) {
      case "prompt_queued":
      case "turn_taken":
      case "suggestion_made":
        return actor.kind === "person" ? this.typing.forget(actor.person) : undefined;
      case "person_away":
      case "person_left":
        this.typing.forget(String(event.person));
        return this.looking.forget(String(event.person));
    }
  }

  private signal(signal: Signal): void {
    switch (signal.kind) {
      case "delta":
        return this.delta(signal);
      case "typing":
        return this.typing.given(signal.person);
      case "looking":
        return this.looking.given(signal.person);
    }
  }

  private delta(delta: Delta): void {
    const { replica, ask } = withDelta(this.replica, delta, this.clock.now());
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

  private refused(error: unknown): void {
    if (!(error instanceof RequestFailed)) throw error;
    if (this.link.state.kind !== "live") return;
    if (error.retry === "after") {
      this.cancelRetry = this.clock.after(RETRY_MS, () => void this.subscribe());
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

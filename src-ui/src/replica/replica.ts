import type { Cursor } from "../gen/Cursor";
import type { LoggedEvent } from "../gen/LoggedEvent";
import type { RoomView } from "../gen/RoomView";
import type { SignedHead } from "../gen/SignedHead";
import type { Snapshot } from "../gen/Snapshot";
import { nothing, type Folded } from "./draft";
import { fold } from "./fold";
import { redacted, takesBack } from "./redaction";
import { fromDelta, fromPartial, grown, hasGap, healed, isOver, stillRunning, type Delta, type Running } from "./running";
import type { Item, Person, Transcript } from "./types";

/** What this client holds of one stream: a cursor into the host's log and what its events amount to. */
export type Replica = {
  /** `null` before the first snapshot. */
  readonly cursor: Cursor | null;
  readonly log: readonly LoggedEvent[];
  readonly folded: Folded;
  readonly running: readonly Running[];
  readonly view: RoomView | null;
  readonly transcript: Transcript;
  readonly replacedAt: number | null;
  /** The newest head that the host has signed: what this client can bear witness to (LO6). */
  readonly head: SignedHead | null;
};

export const unknown: Replica = {
  cursor: null,
  log: [],
  folded: nothing,
  running: [],
  view: null,
  transcript: { items: [], people: {}, ceilings: {}, first: 1, head: 0, whole: false },
  replacedAt: null,
  head: null,
};

/** Takes the place of everything, the running text included (LO1, LO3). */
export function withSnapshot(replica: Replica, snapshot: Snapshot, now: number): Replica {
  const { cursor, events, view, whole, partials } = snapshot;
  const next = {
    ...replica,
    cursor,
    log: events,
    folded: fold(nothing, events),
    running: partials.map(fromPartial),
    view: view ?? replica.view,
    replacedAt: snapshot.replaced ? now : replica.replacedAt,
    head: snapshot.head ?? replica.head,
  };
  return shown(next, whole);
}

export type Delivered = { replica: Replica; hole: boolean };

/** `prev` beyond the head means that something is missing; what was seen before is passed over (LO2). */
export function withEvents(replica: Replica, prev: number, events: readonly LoggedEvent[]): Delivered {
  const { cursor } = replica;
  if (!cursor) return { replica, hole: false };
  if (prev > cursor.seq || !ascending(events)) return { replica, hole: true };
  const fresh = events.filter(({ seq }) => seq > cursor.seq);
  const last = fresh.at(-1);
  if (!last) return { replica, hole: false };
  const next = {
    ...replica,
    cursor: { ...cursor, seq: last.seq, hash: last.hash },
    ...grownBy(replica, fresh),
    running: stillRunning(replica.running, fresh),
  };
  return { replica: shown(next, replica.transcript.whole), hole: false };
}

/** What is taken back was shown already: then all is folded again without it (LO11). */
function grownBy(replica: Replica, fresh: readonly LoggedEvent[]): Pick<Replica, "log" | "folded"> {
  const log = replica.log.concat(fresh);
  if (!fresh.some(takesBack)) return { log, folded: fold(replica.folded, fresh) };
  const left = redacted(log);
  return { log: left, folded: fold(nothing, left) };
}

/** An older page goes in front and all is folded again, so that what it began meets what ended it. */
export function withPage(replica: Replica, events: readonly LoggedEvent[], first: boolean): Replica {
  const older = events.filter(({ seq }) => seq < replica.transcript.first);
  const log = redacted(older.concat(replica.log));
  return shown({ ...replica, log, folded: fold(nothing, log) }, first);
}

export function withView(replica: Replica, view: RoomView): Replica {
  return shown({ ...replica, view }, replica.transcript.whole);
}

export function withHead(replica: Replica, head: SignedHead): Replica {
  return { ...replica, head };
}

export type Heard = { replica: Replica; /** The item whose text so far must be asked for. */ ask: string | null };

/** A delta within a running item leaves the transcript as it is: only `itemOf` tells the new text. */
export function withDelta(replica: Replica, delta: Delta, now: number): Heard {
  const position = replica.running.findIndex(({ item }) => item.id === delta.item);
  const before = replica.running[position];
  if (!before && (!replica.cursor || isOver(replica.folded.items, delta))) return { replica, ask: null };
  const after = before ? grown(before, delta) : fromDelta(delta, now);
  if (after === before) return { replica, ask: null };
  const ask = hasGap(after) && !(before && hasGap(before)) ? delta.item : null;
  if (!before) {
    const next = { ...replica, running: [...replica.running, after] };
    return { replica: shown(next, replica.transcript.whole), ask };
  }
  return { replica: { ...replica, running: replica.running.with(position, after) }, ask };
}

/** `text` is `null` when the item has ended: then its event brings, or has brought, the whole. */
export function withItemText(replica: Replica, item: string, n: number, text: string | null): Heard {
  const position = replica.running.findIndex((one) => one.item.id === item);
  const before = replica.running[position];
  if (!before || text === null) return { replica, ask: null };
  const after = healed(before, n, text);
  // A second gap while the answer was under way; an answer that brings nothing new is not asked for again.
  const ask = hasGap(after) && after.n > before.n ? item : null;
  return { replica: { ...replica, running: replica.running.with(position, after) }, ask };
}

/** An item as it is now, the newest text of a streaming one included. */
export function itemOf<T extends Item>(replica: Replica, item: T): T {
  if (!isStreaming(item)) return item;
  return (replica.running.find((one) => one.item.id === item.id)?.item as T | undefined) ?? item;
}

function isStreaming(item: Item): boolean {
  return (item.kind === "message" || item.kind === "thought") && item.streaming;
}

function ascending(events: readonly LoggedEvent[]): boolean {
  return events.every((event, i) => i === 0 || (events[i - 1]?.seq ?? 0) < event.seq);
}

function shown(replica: Replica, whole: boolean): Replica {
  const head = replica.cursor?.seq ?? 0;
  const transcript: Transcript = {
    items: itemsOf(replica),
    people: peopleOf(replica),
    ceilings: replica.folded.ceilings,
    first: replica.log[0]?.seq ?? head + 1,
    head,
    whole,
  };
  return { ...replica, transcript };
}

/** Running items stand at the end, which is where their event will put them. */
function itemsOf({ folded, running, transcript }: Replica): readonly Item[] {
  const items = running.length === 0 ? folded.items : folded.items.concat(running.map(({ item }) => item));
  return same(items, transcript.items) ? transcript.items : items;
}

/** The roster knows the people of pages not loaded, the log those who left. */
function peopleOf({ folded, view, transcript }: Replica): Readonly<Record<string, Person>> {
  const people = { ...folded.people };
  for (const { person, name, colour } of view?.roster ?? []) people[person] = { name, colour };
  const ids = Object.keys(people);
  const known = transcript.people;
  const unchanged =
    ids.length === Object.keys(known).length &&
    ids.every((id) => known[id]?.name === people[id]?.name && known[id]?.colour === people[id]?.colour);
  return unchanged ? known : people;
}

function same(a: readonly Item[], b: readonly Item[]): boolean {
  return a === b || (a.length === b.length && a.every((item, i) => item === b[i]));
}

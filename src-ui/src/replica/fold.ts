import type { Event } from "../gen/Event";
import type { LoggedEvent } from "../gen/LoggedEvent";
import { cardArms } from "./cards";
import { draftOf, type Draft, type Folded } from "./draft";
import { notice, peopleArms } from "./people";
import { suggestionArms } from "./suggestions";
import { markTakenBack } from "./tombstones";
import { turnArms } from "./turns";
import { workArms } from "./work";

export type Arm<T extends Event["type"]> = (
  draft: Draft,
  event: Extract<Event, { type: T }>,
  logged: LoggedEvent,
) => void;

export type Arms<T extends Event["type"]> = { [K in T]: Arm<K> };

/** Complete over every event of a room: a new one does not compile until it has its arm here. */
const arms: Arms<Event["type"]> = { ...peopleArms, ...turnArms, ...cardArms, ...suggestionArms, ...workArms };

export const knownTypes = Object.keys(arms) as Event["type"][];

/** `fold(fold(a), b) = fold(a ++ b)` for every way to cut a log in two (LO4). */
export function fold(folded: Folded, events: readonly LoggedEvent[]): Folded {
  if (events.length === 0) return folded;
  const draft = draftOf(folded);
  for (const logged of events) apply(draft, logged);
  const { seq: _, ...all } = draft;
  return all;
}

function apply(draft: Draft, logged: LoggedEvent): void {
  const { event } = logged;
  draft.seq = logged.seq;
  if (!isKnown(event)) return carry(draft, logged);
  const arm = arms[event.type] as (draft: Draft, event: Event, logged: LoggedEvent) => void;
  try {
    arm(draft, event, logged);
    markTakenBack(draft, logged.event);
  } catch {
    // A known type in a shape of another time or of a host that lies: shown, never fatal (PA10).
    carry(draft, logged);
  }
}

function carry(draft: Draft, logged: LoggedEvent): void {
  const { event } = logged;
  notice(draft, logged, { what: "unknown", type: String(event.type), event });
}

function isKnown(event: LoggedEvent["event"]): event is Event {
  return Object.hasOwn(arms, event.type);
}

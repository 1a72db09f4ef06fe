import type { ParticipantView } from "../gen/ParticipantView";
import type { Room } from "../replica/types";
import { t } from "../messages/t";

export type Person = { id: string; name: string; colour: number };

/** Anybody the room has ever named, also those who left. */
export function personOf(room: Room, id: string): Person {
  const known = room.transcript.people[id];
  if (known) return { id, name: known.name, colour: known.colour };
  const present = room.view?.roster.find((one) => one.person === id);
  return present ? { id, name: present.name, colour: present.colour } : { id, name: t("person.unknown"), colour: 11 };
}

export function isYou(room: Room, id: string): boolean {
  return room.view?.you.person === id;
}

/** The name, or "You". */
export function nameOf(room: Room, id: string): string {
  return isYou(room, id) ? t("you") : personOf(room, id).name;
}

export function isAway(one: ParticipantView): boolean {
  return one.presence.kind === "away";
}

/** The name, or "you", inside a sentence. */
export function nameWithin(room: Room, id: string): string {
  return isYou(room, id) ? t("you.within") : personOf(room, id).name;
}

/** "You, Bea and Chen". */
export function names(room: Room, ids: readonly string[]): string {
  const list = [...ids].sort((a, b) => Number(isYou(room, b)) - Number(isYou(room, a))).map((id) => nameOf(room, id));
  return new Intl.ListFormat("en-GB", { style: "long", type: "conjunction" }).format(list);
}

/** In the order of the roster; who is not in it comes last, as given. */
export function inRosterOrder<T>(room: Room, list: readonly T[], person: (one: T) => string): T[] {
  const places = new Map(roster(room).map((one, place) => [one.person, place]));
  const place = (one: T) => places.get(person(one)) ?? places.size;
  return list.toSorted((a, b) => place(a) - place(b));
}

/** Who is here: you first, then the host, then the others by name. */
export function roster(room: Room): readonly ParticipantView[] {
  const rank = (one: ParticipantView) => (isYou(room, one.person) ? 0 : one.owner ? 1 : 2);
  return (room.view?.roster ?? []).toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}

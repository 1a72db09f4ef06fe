import type { Actor } from "../gen/Actor";
import type { LoggedEvent } from "../gen/LoggedEvent";
import type { Draft } from "./draft";
import type { Arms } from "./fold";
import type { Notice } from "./types";

/** Notices carry their seq, so their ids are the same in every fold. */
export function notice(draft: Draft, { seq, at, actor }: LoggedEvent, told: Notice, by = personOf(actor)): void {
  draft.items.push({ kind: "notice", id: `notice:${seq}`, at, seq, by, notice: told });
}

function personOf(actor: Actor): string | null {
  return actor.kind === "person" ? actor.person : null;
}

const silent = (): void => undefined;

type SessionType =
  | "session_opened"
  | "session_renamed"
  | "session_tagged"
  | "agent_chosen"
  | "session_paused"
  | "session_resumed"
  | "session_ended"
  | "session_reopened"
  | "room_rules_changed"
  | "redacted";

const sessionArms: Arms<SessionType> = {
  session_opened: (draft, { number, title, choice }, logged) =>
    notice(draft, logged, { what: "session_opened", number, title, choice }),
  session_renamed: (draft, { title }, logged) => notice(draft, logged, { what: "session_renamed", title }),
  session_tagged: (draft, { tags }, logged) => notice(draft, logged, { what: "session_tagged", tags }),
  agent_chosen: (draft, { choice }, logged) => notice(draft, logged, { what: "agent_chosen", choice }),
  session_paused: (draft, _, logged) => notice(draft, logged, { what: "session_paused" }),
  session_resumed: (draft, _, logged) => notice(draft, logged, { what: "session_resumed" }),
  session_ended: (draft, _, logged) => notice(draft, logged, { what: "session_ended" }),
  session_reopened: (draft, _, logged) => notice(draft, logged, { what: "session_reopened" }),
  redacted: (draft, _, logged) => notice(draft, logged, { what: "redacted" }),
  room_rules_changed: (draft, { rules }, logged) => notice(draft, logged, { what: "rules_changed", rules }),
};

type PersonType =
  | "person_joined"
  | "person_renamed"
  | "person_away"
  | "person_returned"
  | "person_left"
  | "rights_changed"
  | "person_muted"
  | "person_unmuted";

/** Everything that happens to people and to the session as a whole. */
export const peopleArms: Arms<SessionType | PersonType> = {
  ...sessionArms,
  person_joined: (draft, { person, name, colour, ceiling, muted }, logged) => {
    draft.people[person] = { name, colour };
    draft.ceilings[person] = ceiling;
    notice(draft, logged, { what: "joined", person, name, muted });
  },
  person_renamed: (draft, { person, name }, logged) => {
    const known = draft.people[person];
    if (known) draft.people[person] = { ...known, name };
    notice(draft, logged, { what: "renamed", person, name, was: known?.name ?? null });
  },
  // Blips of a connection are the roster's to show, not the transcript's.
  person_away: silent,
  person_returned: silent,
  person_left: (draft, { person, reason }, logged) => notice(draft, logged, { what: "left", person, reason }),
  rights_changed: (draft, { person, rights, ceiling }, logged) => {
    draft.ceilings[person] = ceiling;
    notice(draft, logged, { what: "rights_changed", person, rights, ceiling });
  },
  person_muted: (draft, { person }, logged) => notice(draft, logged, { what: "muted", person }),
  person_unmuted: (draft, { person }, logged) => notice(draft, logged, { what: "unmuted", person }),
};

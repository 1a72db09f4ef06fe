import { positionOf } from "./draft";
import type { Arms } from "./fold";
import { notice } from "./people";
import type { TurnKeptItem } from "./types";

/** What becomes of the work in the session's workspace, and turns that are taken back (WS17). */
export const workArms: Arms<"turn_kept" | "work_done" | "conversation_rewound" | "session_forked"> = {
  turn_kept: (draft, { turn, before, after, files, added, removed }, { seq, at }) => {
    const item: TurnKeptItem = { kind: "turn_kept", id: `kept:${turn}`, turn, at, before, after, files, added, removed };
    // The next turn may have begun by now; it belongs to its own, and is taken back with that.
    const end = positionOf(draft.items, "turn_end", `end:${turn}`);
    const place = end < 0 ? draft.items.length : end + 1;
    draft.items.splice(place, 0, { ...item, seq: draft.items[end]?.seq ?? seq });
  },
  work_done: (draft, { by, deed }, logged) => notice(draft, logged, { what: "work_done", deed }, by),
  session_forked: (draft, { number, turns, people }, logged) => {
    for (const { person, name, colour } of people) draft.people[person] ??= { name, colour };
    notice(draft, logged, { what: "forked", number, turns });
  },
  conversation_rewound: (draft, { from, by }, { seq, at }) => {
    draft.items.push({ kind: "rewound", id: `rewound:${seq}`, at, seq, from, by });
  },
};

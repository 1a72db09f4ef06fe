import type { BallotView } from "../../gen/BallotView";
import type { PermissionView } from "../../gen/PermissionView";
import type { QuestionView } from "../../gen/QuestionView";
import type { SuggestionView } from "../../gen/SuggestionView";
import type { Room } from "../../replica/types";

/** One thing in a room that waits for its reader. */
export type Wait = { id: string; at: number } & (
  | { kind: "permission"; permission: PermissionView }
  | { kind: "plan"; ballot: BallotView }
  | { kind: "question"; question: QuestionView }
  | { kind: "suggestion"; suggestion: SuggestionView }
  /** Others ask for the lock that the reader holds. */
  | { kind: "drive"; people: readonly string[] }
  | { kind: "interrupted" }
  | { kind: "failed"; reason: string; /** The turn, where the reader may have it tried again (TU12). */ retry: string | null }
  | { kind: "held"; count: number }
);

/** What waits for the reader of this room, the longest first: only what they may settle themselves. */
export function waitsIn(room: Room, unread: boolean): Wait[] {
  const { view } = room;
  if (!view || room.status !== "live") return [];
  return [...cards(view), ...asked(view), ...stopped(room, view, unread)].sort((a, b) => a.at - b.at);
}

type View = NonNullable<Room["view"]>;

function cards(view: View): Wait[] {
  const mine = <T extends { you_may: boolean }>(all: readonly T[]) => all.filter(({ you_may }) => you_may);
  const me = view.you.person;
  // Who has voted or answered may change their mind, and is not waited for.
  const unvoted = mine(view.ballots).filter(({ voters }) => !voters.some((one) => one.person === me && one.choice !== null));
  const unanswered = mine(view.questions).filter(({ answered }) => !answered.includes(me));
  return [
    ...mine(view.permissions).map((one): Wait => ({ kind: "permission", id: one.permission, at: one.opened_at, permission: one })),
    ...unvoted.map((one): Wait => ({ kind: "plan", id: one.ballot, at: one.opened_at, ballot: one })),
    ...unanswered.map((one): Wait => ({ kind: "question", id: one.question, at: one.opened_at, question: one })),
    ...view.suggestions
      .filter((one) => one.you_may_accept && !one.held)
      .map((one): Wait => ({ kind: "suggestion", id: one.suggestion, at: one.at, suggestion: one })),
  ];
}

function asked({ turn, you }: View): Wait[] {
  const people = turn?.asked_to_drive.filter((person) => person !== you.person) ?? [];
  if (!turn || !you.may.hand_over || turn.driver !== you.person || people.length === 0) return [];
  return [{ kind: "drive", id: `drive ${turn.turn}`, at: turn.since, people }];
}

/** What came to rest before it was done, and waits until somebody says how it goes on. */
function stopped(room: Room, view: View, unread: boolean): Wait[] {
  const end = room.transcript.items.findLast((item) => item.kind === "turn_end");
  const at = end?.at ?? 0;
  if (view.turn || view.state === "ended") return [];
  if (view.interrupted) return view.you.may.prompt_now ? [{ kind: "interrupted", id: "interrupted", at }] : [];
  const held = view.queue.held ? view.queue.items.length : 0;
  if (held > 0 && view.you.may.release_queue) return [{ kind: "held", id: "held", at, count: held }];
  if (!unread || end?.outcome.kind !== "failed") return [];
  return [{ kind: "failed", id: `failed ${end.id}`, at, reason: end.outcome.reason, retry: view.you.may.retry === end.turn ? end.turn : null }];
}

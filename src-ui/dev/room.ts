import type { LoggedEvent } from "../src/gen/LoggedEvent";
import type { May } from "../src/gen/May";
import type { ParticipantView } from "../src/gen/ParticipantView";
import type { RoomView } from "../src/gen/RoomView";
import type { Snapshot } from "../src/gen/Snapshot";
import type { SuggestionView } from "../src/gen/SuggestionView";
import type { TurnView } from "../src/gen/TurnView";
import { ADA, BEA, CHEN, DANA } from "./people";
import { NOW } from "./scene";

export const NOTHING: May = {
  prompt_now: false,
  queue: false,
  suggest: false,
  stop: false,
  ask_to_drive: false,
  hand_over: false,
  take_lock: false,
  release_queue: false,
  steer: false,
};

export const NO_USAGE = { input_tokens: 0, output_tokens: 0, cost_micros: 0, context_used: 0, context_size: 0 };

export function view(you: ParticipantView, may: Partial<May>, more: Partial<RoomView> = {}): RoomView {
  return {
    session: "s1",
    workspace: "w1",
    number: 1,
    title: "Split the session store",
    state: "active",
    choice: { agent: "claude-code", model: "sonnet" },
    memory: "resumed",
    rules: {
      consensus: true,
      owner_always_votes: true,
      override_allowed: true,
      driver_decides: false,
      absence: 300_000,
    },
    turn: null,
    queue: { held: false, items: [] },
    suggestions: [],
    ballots: [],
    questions: [],
    permissions: [],
    roster: [ADA, BEA, CHEN, DANA],
    commands: [],
    usage: { input_tokens: 36_100, output_tokens: 2_100, cost_micros: 410_000, context_used: 0, context_size: 0 },
    interrupted: false,
    you: { person: you.person, rights: you.rights, muted: you.muted, may: { ...NOTHING, ...may } },
    ...more,
  };
}

export function suggested(suggestion: string, more: Partial<SuggestionView> = {}): SuggestionView {
  return {
    suggestion,
    author: DANA.person,
    body: { text: "Look at the cache" },
    revision: 0,
    edited_by: null,
    ceiling: "ask",
    at: NOW - 9_000,
    held: false,
    you_may_edit: false,
    you_may_accept: false,
    you_may_drop: false,
    ...more,
  };
}

export function turn(driver: ParticipantView, more: Partial<TurnView> = {}): TurnView {
  return {
    turn: "t1",
    phase: "running",
    author: driver.person,
    driver: driver.person,
    origin: { kind: "human" },
    since: NOW - 102_000,
    choice: { agent: "claude-code", model: "sonnet" },
    ceiling: "ask",
    waiting_on: [],
    asked_to_drive: [],
    ...more,
  };
}

export function snapshot(view: RoomView, events: LoggedEvent[], more: Partial<Snapshot> = {}): Snapshot {
  const seq = events.at(-1)?.seq ?? 0;
  return {
    stream: "session:s1",
    cursor: { epoch: "e1", seq, hash: String(seq).padStart(64, "0") },
    view,
    events,
    whole: true,
    partials: [],
    replaced: false,
    ...more,
  };
}

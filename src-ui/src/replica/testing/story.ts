import type { Actor } from "../../gen/Actor";
import type { Event } from "../../gen/Event";
import type { LoggedEvent } from "../../gen/LoggedEvent";
import type { LongText } from "../../gen/LongText";
import type { Rights } from "../../gen/Rights";
import type { RoomView } from "../../gen/RoomView";
import type { Snapshot } from "../../gen/Snapshot";
import type { ToolCall } from "../../gen/ToolCall";
import type { Usage } from "../../gen/Usage";

export const ada = "00000000-0000-4000-8000-00000000000a";
export const bea = "00000000-0000-4000-8000-00000000000b";
export const stream = "session:00000000-0000-4000-8000-000000000051";
export const epoch = "00000000-0000-4000-8000-0000000000e1";
export const usage: Usage = { input_tokens: 10, output_tokens: 5, cost_micros: 0, context_used: 0, context_size: 0 };
export const choice = { agent: "rehearsal", model: null, mode: null } as never;

export function long(text: string): LongText {
  return { text, bytes: text.length };
}

export function call(title: string): ToolCall {
  return { kind: "edit", title, input: long("{}"), paths: [title] };
}

export function logged(seq: number, event: Event | { type: string }, actor: Actor = { kind: "agent" }): LoggedEvent {
  return { seq, at: 1_000_000 + seq, actor, hash: `hash-${seq}`, event: event as LoggedEvent["event"] };
}

export function log(...events: (Event | { type: string })[]): LoggedEvent[] {
  return events.map((event, i) => logged(i + 1, event));
}

export function snapshot(events: LoggedEvent[], more: Partial<Snapshot> = {}): Snapshot {
  const last = events.at(-1);
  const cursor = { epoch, seq: last?.seq ?? 0, hash: last?.hash ?? "" };
  return { stream, cursor, view: null, events, whole: true, partials: [], replaced: false, ...more };
}

export function took(turn: string, prompt: string, text: string): Event {
  const ceiling = "ask" as never;
  return { type: "turn_taken", turn, prompt, author: ada, driver: ada, origin: { kind: "human" }, body: { text }, choice, ceiling };
}

export function roster(...people: [person: string, name: string, colour: number][]): RoomView {
  const rights = [] as unknown as Rights;
  const present = { kind: "present" } as const;
  const seats = people.map(([person, name, colour]) => {
    return { person, name, colour, rights, owner: false, muted: false, presence: present };
  });
  return { roster: seats, title: "A room" } as unknown as RoomView;
}

/** A believable session of any length: the same seed tells the same story. */
export function story(seed: number, turns: number): LoggedEvent[] {
  const random = numbers(seed);
  const events: Event[] = [
    { type: "person_joined", person: ada, name: "Ada", colour: 1, rights: [] as never, ceiling: "bypass", muted: false },
    { type: "person_joined", person: bea, name: "Bea", colour: 2, rights: [] as never, ceiling: "bypass", muted: false },
  ];
  // Where the turns began that are not taken back.
  const began: number[] = [];
  for (let n = 0; n < turns; n++) {
    began.push(events.length + TAKEN);
    events.push(...turn(`t${n}`, random));
    if (random() < 0.3) events.push(back(began, random));
  }
  return events.map((event, i) => logged(i + 1, event));
}

/** The place of `turn_taken` among the events of a turn. */
const TAKEN = 3;

function back(began: number[], random: () => number): Event {
  const [from = 1] = began.splice(Math.floor(random() * began.length));
  return { type: "conversation_rewound", turn: "t", from, by: bea };
}

function turn(id: string, random: () => number): Event[] {
  const origin = { kind: "human" } as const;
  const events: Event[] = [
    { type: "prompt_queued", prompt: `p-${id}`, author: bea, origin, body: { text: "later" }, ceiling: "bypass", ahead: false },
    { type: "prompt_edited", prompt: `p-${id}`, body: { text: `do ${id}` } },
    took(id, `p-${id}`, `do ${id}`),
    { type: "turn_began", turn: id },
  ];
  const steps = [speak, useTool, plan, ask, permit, steer, listTasks, giveBack];
  for (let n = 0; n < 6; n++) events.push(...(steps[Math.floor(random() * steps.length)] ?? speak)(id, `${id}-${n}`));
  events.push({ type: "turn_ended", turn: id, outcome: { kind: "completed" }, usage });
  if (random() < 0.5) events.push({ type: "turn_kept", turn: id, before: 1, after: 2, files: 1, added: 2, removed: 3 });
  events.push({ type: "work_done", by: bea, deed: { kind: "wrote", path: "a.rs" } });
  return events;
}

const everyone = { kind: "everyone", voters: [ada, bea] } as const;
const electorate = { kind: everyone.kind, voters: [...everyone.voters] };

function speak(turn: string, id: string): Event[] {
  return [
    { type: "thought_had", turn, item: `think-${id}`, text: long("hm"), began: 1 },
    { type: "message_said", turn, item: `say-${id}`, text: long("done") },
  ];
}

function useTool(turn: string, id: string): Event[] {
  return [
    { type: "tool_started", turn, item: id, call: call("a.rs") },
    { type: "tool_started", turn, item: `${id}-open`, call: call("open.rs") },
    { type: "tool_changed", turn, item: id, call: call("b.rs") },
    { type: "tool_ended", turn, item: id, status: "completed", output: long("ok"), diffs: [] },
  ];
}

function plan(turn: string, ballot: string): Event[] {
  return [
    { type: "ballot_opened", ballot, turn, plan: long("1. test"), plan_hash: "h", electorate },
    { type: "vote_cast", ballot, person: ada, choice: { kind: "deny", reason: "no" } },
    { type: "vote_cast", ballot, person: ada, choice: { kind: "approve" } },
    { type: "voter_dropped", ballot, person: bea, reason: "left" },
    { type: "ballot_closed", ballot, outcome: { kind: "approved" } },
  ];
}

function ask(turn: string, question: string): Event[] {
  return [
    { type: "question_asked", question, turn, asked: { text: "Which?", fields: [] }, electorate },
    { type: "question_answered", question, person: ada, answers: { a: ["x"] } },
    { type: "answerer_dropped", question, person: bea, reason: "absent" },
    { type: "question_settled", question, answers: { a: ["x"] } },
  ];
}

function permit(turn: string, permission: string): Event[] {
  const request = { tool: "bash", kind: "execute" as const, title: "ls", directory: ".", diffs: [] };
  return [
    { type: "permission_asked", permission, turn, request },
    { type: "permission_answered", permission, by: ada, answer: "allow" },
  ];
}

function steer(turn: string, prompt: string): Event[] {
  const origin = { kind: "human" } as const;
  return [
    { type: "prompt_queued", prompt: `s-${prompt}`, author: bea, origin, body: { text: "also this" }, ceiling: "bypass", ahead: false },
    { type: "prompt_steered", prompt: `s-${prompt}`, turn } as Event,
  ];
}

function listTasks(turn: string): Event[] {
  return [{ type: "tasks_set", turn, tasks: [] }];
}

function giveBack(turn: string, id: string): Event[] {
  return [
    { type: "queue_held" },
    took(`gone-${id}`, `back-${id}`, "again"),
    { type: "prompt_returned", prompt: `back-${id}`, attempts: 1 },
    { type: "turn_ended", turn: `gone-${id}`, outcome: { kind: "interrupted" }, usage },
    { type: "prompt_withdrawn", prompt: `back-${id}`, reason: "by_author" },
    { type: "mode_reported", mode: turn },
    { type: "mode_exceeded", turn, mode: "yolo" },
  ];
}

/** Mulberry32. */
export function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

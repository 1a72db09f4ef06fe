import type { ToolCall } from "../gen/ToolCall";
import { change, changeInTurn, positionOf, put, shown, type Draft, type WaitingPrompt } from "./draft";
import type { Arms } from "./fold";
import { notice } from "./people";
import type { ToolItem } from "./types";

/** Its prompt went back to the queue (QU4): no trace of the turn is shown. */
const NEVER_BEGAN = -1;

const silent = (): void => undefined;

type QueueType =
  | "prompt_queued"
  | "prompt_edited"
  | "prompt_held"
  | "prompt_released"
  | "prompt_withdrawn"
  | "prompt_returned"
  | "prompt_failed"
  | "prompt_steered"
  | "queue_held"
  | "queue_released";

const queueArms: Arms<QueueType> = {
  prompt_queued: (draft, { prompt, author, origin, body }) => wait(draft, prompt, { author, origin, ...shown(body) }),
  prompt_edited: (draft, { prompt, body }) => {
    const waiting = draft.waiting[prompt];
    if (waiting) draft.waiting[prompt] = { ...waiting, ...shown(body) };
  },
  prompt_held: (draft, { prompt, reason }, logged) => notice(draft, logged, { what: "prompt_held", prompt, reason }),
  prompt_released: silent,
  prompt_withdrawn: (draft, { prompt, reason }, logged) =>
    notice(draft, logged, { what: "prompt_withdrawn", prompt, reason, text: leave(draft, prompt) }),
  prompt_returned: (draft, { prompt }) => {
    const position = positionOf(draft.items, "prompt", prompt);
    const [item] = position < 0 ? [] : draft.items.splice(position, 1);
    if (item?.kind !== "prompt") return;
    draft.turns[item.turn] = NEVER_BEGAN;
    const { author, origin, text, images } = item;
    draft.waiting[prompt] = { author, origin, text, images, seq: item.seq ?? draft.seq };
  },
  prompt_failed: (draft, { prompt, reason }, logged) =>
    notice(draft, logged, { what: "prompt_failed", prompt, reason, text: leave(draft, prompt) }),
  prompt_steered: (draft, { prompt, turn }, { at }) => {
    const waiting = draft.waiting[prompt];
    if (!waiting) return;
    delete draft.waiting[prompt];
    put(draft, { kind: "prompt", id: prompt, turn, at, ...waiting, choice: null });
  },
  queue_held: (draft, _, logged) => notice(draft, logged, { what: "queue_held" }),
  queue_released: (draft, _, logged) => notice(draft, logged, { what: "queue_released" }),
};

type TurnType =
  | "turn_taken"
  | "turn_began"
  | "drive_asked"
  | "driver_changed"
  | "turn_stopping"
  | "turn_ended"
  | "message_said"
  | "thought_had"
  | "tool_started"
  | "tool_changed"
  | "tool_ended"
  | "tasks_set";

type AgentType =
  | "agent_ready"
  | "agent_exited"
  | "agent_stalled"
  | "usage_reported"
  | "mode_reported"
  | "mode_exceeded"
  | "commands_offered"
  | "wake_budget_spent"
  | "wake_budget_refilled";

const agentArms: Arms<AgentType> = {
  agent_ready: (draft, { turn, memory, name, version, lacks = [] }, logged) =>
    notice(draft, logged, { what: "agent_ready", turn, memory, name, version, lacks }),
  agent_exited: (draft, { reason, detail }, logged) => notice(draft, logged, { what: "agent_exited", reason, detail }),
  agent_stalled: (draft, { turn, since }, logged) => notice(draft, logged, { what: "agent_stalled", turn, since }),
  usage_reported: silent,
  mode_reported: (draft, { mode }, logged) => notice(draft, logged, { what: "mode_reported", mode }),
  mode_exceeded: (draft, { turn, mode }, logged) => notice(draft, logged, { what: "mode_exceeded", turn, mode }),
  commands_offered: silent,
  wake_budget_spent: (draft, _, logged) => notice(draft, logged, { what: "wake_budget_spent" }),
  wake_budget_refilled: (draft, _, logged) => notice(draft, logged, { what: "wake_budget_refilled" }),
};

/** The queue, the turn and what the agent did in it (LO7). */
export const turnArms: Arms<QueueType | TurnType | AgentType> = {
  ...queueArms,
  ...agentArms,
  turn_taken: (draft, { turn, prompt, author, origin, body, choice }, { at }) => {
    delete draft.waiting[prompt];
    draft.turns[turn] = at;
    put(draft, { kind: "prompt", id: prompt, turn, at, author, origin, ...shown(body), choice });
  },
  turn_began: (draft, { turn }, { at }) => {
    draft.turns[turn] = at;
  },
  drive_asked: (draft, { turn, person }, logged) => notice(draft, logged, { what: "drive_asked", turn, person }),
  driver_changed: (draft, { turn, driver, reason }, logged) =>
    notice(draft, logged, { what: "driver_changed", turn, driver, reason }),
  turn_stopping: (draft, { turn, by }, logged) => notice(draft, logged, { what: "turn_stopping", turn, by }),
  turn_ended: (draft, { turn, outcome, usage }, { at }) => {
    const began = draft.turns[turn] ?? null;
    delete draft.turns[turn];
    if (began === NEVER_BEGAN) return;
    closeTools(draft, turn, at);
    put(draft, { kind: "turn_end", id: `end:${turn}`, turn, at, outcome, usage, began });
  },

  message_said: (draft, { turn, item, text }, { at }) =>
    put(draft, { kind: "message", id: item, turn, at, text, streaming: false }),
  thought_had: (draft, { turn, item, text, began }, { at }) =>
    put(draft, { kind: "thought", id: item, turn, at, began, text, streaming: false }),
  tool_started: (draft, { turn, item, call }, { at }) => put(draft, toolItem(item, turn, at, call)),
  tool_changed: (draft, { turn, item, call }, { at }) => {
    const known = change(draft, "tool", item, (tool) => ({ ...tool, call }));
    if (!known) put(draft, toolItem(item, turn, at, call));
  },
  tool_ended: (draft, { turn, item, status, output, diffs }, { at }) => {
    const ended = { status, output, diffs, endedAt: at };
    const known = change(draft, "tool", item, (tool) => ({ ...tool, ...ended }));
    if (!known) put(draft, { ...toolItem(item, turn, at, unknownCall), ...ended });
  },
  tasks_set: (draft, { turn, tasks }, { at }) => {
    const id = `tasks:${turn}`;
    const known = changeInTurn(draft, "tasks", id, (list) => ({ ...list, tasks }));
    if (!known) put(draft, { kind: "tasks", id, turn, at, tasks });
  },
};

const unknownCall: ToolCall = { kind: "other", title: "", input: { text: "", bytes: 0 }, paths: [] };

function toolItem(id: string, turn: string, at: number, call: ToolCall): ToolItem {
  return { kind: "tool", id, turn, at, call, status: "running", output: null, diffs: [], endedAt: null };
}

/** Nothing of a turn runs after its end (TU6), whatever the log of an older host left open. */
function closeTools(draft: Draft, turn: string, at: number): void {
  for (let i = draft.items.length - 1; i >= 0; i--) {
    const item = draft.items[i];
    if (item?.kind === "turn_end" || (item?.kind === "prompt" && item.turn === turn && item.choice)) return;
    if (item?.kind !== "tool" || item.turn !== turn || item.status !== "running") continue;
    draft.items[i] = { ...item, status: "cancelled", endedAt: at };
  }
}

function wait(draft: Draft, prompt: string, said: Omit<WaitingPrompt, "seq">): void {
  draft.waiting[prompt] = { ...said, seq: draft.seq };
}

function leave(draft: Draft, prompt: string): string | null {
  const text = draft.waiting[prompt]?.text ?? null;
  delete draft.waiting[prompt];
  return text;
}

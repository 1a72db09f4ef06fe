import type { AgentChoice } from "../gen/AgentChoice";
import type { Ceiling } from "../gen/Ceiling";
import type { BallotOutcome } from "../gen/BallotOutcome";
import type { Choice } from "../gen/Choice";
import type { Deed } from "../gen/Deed";
import type { DriverReason } from "../gen/DriverReason";
import type { DropReason } from "../gen/DropReason";
import type { Electorate } from "../gen/Electorate";
import type { FileDiff } from "../gen/FileDiff";
import type { HoldReason } from "../gen/HoldReason";
import type { Lack } from "../gen/Lack";
import type { LongText } from "../gen/LongText";
import type { Memory } from "../gen/Memory";
import type { Origin } from "../gen/Origin";
import type { PermissionAnswer } from "../gen/PermissionAnswer";
import type { PermissionRequest } from "../gen/PermissionRequest";
import type { PromptImage } from "../gen/PromptImage";
import type { PromptGone } from "../gen/PromptGone";
import type { Question } from "../gen/Question";
import type { Rights } from "../gen/Rights";
import type { RoomRules } from "../gen/RoomRules";
import type { Refusal } from "../gen/Refusal";
import type { RoomView } from "../gen/RoomView";
import type { SuggestionGone } from "../gen/SuggestionGone";
import type { Task } from "../gen/Task";
import type { ToolCall } from "../gen/ToolCall";
import type { ToolStatus } from "../gen/ToolStatus";
import type { TurnOutcome } from "../gen/TurnOutcome";
import type { Usage } from "../gen/Usage";
import type { WithdrawReason } from "../gen/WithdrawReason";

export type { LinkState, RefusedReason, RequestWithoutCommand } from "../link/types";

export type Answers = { [key in string]: string[] };

export type PromptItem = {
  kind: "prompt";
  id: string;
  turn: string;
  at: number;
  author: string;
  origin: Origin;
  text: string;
  images: readonly PromptImage[];
  /** `null` for a prompt folded into a running turn. */
  choice: AgentChoice | null;
};

export type MessageItem = {
  kind: "message";
  id: string;
  turn: string;
  at: number;
  text: LongText;
  /** Still being written: get its newest text with `useItem`. */
  streaming: boolean;
};

export type ThoughtItem = {
  kind: "thought";
  id: string;
  turn: string;
  at: number;
  began: number;
  text: LongText;
  /** Still being written: get its newest text with `useItem`. */
  streaming: boolean;
};

export type ToolItem = {
  kind: "tool";
  id: string;
  turn: string;
  at: number;
  /** Its title is empty when the start is on a page not yet loaded. */
  call: ToolCall;
  status: "running" | ToolStatus;
  output: LongText | null;
  diffs: FileDiff[];
  endedAt: number | null;
};

export type PlanItem = {
  kind: "plan";
  id: string;
  turn: string;
  at: number;
  plan: LongText;
  planHash: string;
  electorate: Electorate;
  /** The last word of each person, in the order of their first (BA6). */
  votes: { person: string; choice: Choice; at: number }[];
  dropped: { person: string; reason: DropReason }[];
  deadline: number | null;
  outcome: BallotOutcome | null;
  closedAt: number | null;
};

export type QuestionItem = {
  kind: "question";
  id: string;
  turn: string;
  at: number;
  asked: Question;
  electorate: Electorate;
  answered: { person: string; answers: Answers }[];
  dropped: { person: string; reason: DropReason }[];
  settled: Answers | null;
  withdrawn: WithdrawReason | null;
};

export type PermissionItem = {
  kind: "permission";
  id: string;
  turn: string;
  at: number;
  request: PermissionRequest;
  answer: { by: string | null; answer: PermissionAnswer; at: number } | null;
  /** Why the host itself refused it; nobody was asked then. */
  refusal: Refusal | null;
  withdrawn: WithdrawReason | null;
};

/** A guest's prompt that a steerer accepts, edits or drops; what may be done with it is in the view. */
export type SuggestionItem = {
  kind: "suggestion";
  id: string;
  at: number;
  /** Stays the author whoever accepts it. */
  author: string;
  text: string;
  images: readonly PromptImage[];
  revision: number;
  /** The last one who changed it, if that was not its author. */
  editedBy: string | null;
  outcome:
    | null
    | { kind: "accepted"; by: string; prompt: string; at: number }
    | { kind: "dropped"; by: string | null; reason: SuggestionGone; at: number };
};

/** One to-do list a turn; later lists replace it in place. */
export type TasksItem = { kind: "tasks"; id: string; turn: string; at: number; tasks: Task[] };

export type TurnEndItem = {
  kind: "turn_end";
  id: string;
  turn: string;
  at: number;
  outcome: TurnOutcome;
  usage: Usage;
  /** `null` when the turn's start is on a page not yet loaded. */
  began: number | null;
};

/** What a turn did to the files; its checkpoints are of the workspace. */
export type TurnKeptItem = {
  kind: "turn_kept";
  id: string;
  turn: string;
  at: number;
  before: number;
  after: number;
  files: number;
  added: number;
  removed: number;
};

/** All that came of the events from `from` on, up to here, is taken back: agents know it no more (WS17). */
export type RewoundItem = { kind: "rewound"; id: string; at: number; from: number; by: string };

export type Notice =
  | { what: "session_opened"; number: number; title: string; choice: AgentChoice }
  | { what: "session_renamed"; title: string }
  | { what: "session_tagged"; tags: readonly string[] }
  | { what: "agent_chosen"; choice: AgentChoice }
  | { what: "session_paused" }
  | { what: "session_resumed" }
  | { what: "session_ended" }
  | { what: "session_reopened" }
  | { what: "rules_changed"; rules: RoomRules }
  | { what: "joined"; person: string; name: string; muted: boolean }
  | { what: "renamed"; person: string; name: string; was: string | null }
  | { what: "left"; person: string; reason: DropReason }
  | { what: "rights_changed"; person: string; rights: Rights; ceiling: Ceiling }
  | { what: "muted"; person: string }
  | { what: "unmuted"; person: string }
  | { what: "prompt_held"; prompt: string; reason: HoldReason }
  | { what: "prompt_withdrawn"; prompt: string; reason: PromptGone; text: string | null }
  | { what: "prompt_failed"; prompt: string; reason: string; text: string | null }
  | { what: "queue_held" }
  | { what: "queue_released" }
  | { what: "drive_asked"; turn: string; person: string }
  | { what: "driver_changed"; turn: string; driver: string; reason: DriverReason }
  | { what: "turn_stopping"; turn: string; by: string | null }
  | { what: "agent_ready"; turn: string; memory: Memory; name: string; version: string; lacks: Lack[] }
  | { what: "agent_exited"; reason: string; detail: string }
  | { what: "agent_stalled"; turn: string; since: number }
  | { what: "mode_reported"; mode: string }
  | { what: "mode_exceeded"; turn: string; mode: string }
  | { what: "wake_budget_spent" }
  | { what: "wake_budget_refilled" }
  /** Something was done with the work in the session's workspace. */
  | { what: "work_done"; deed: Deed }
  /** The turns before it were taken along from session `number`. */
  | { what: "forked"; number: number; turns: number }
  /** The owner took back what was said in some events (LO11). */
  | { what: "redacted" }
  /** A type this client does not know: carried and shown, never fatal (PA10). */
  | { what: "unknown"; type: string; event: Record<string, unknown> };

/** `by` is the person who did it, `null` when the agent or the host did. */
export type NoticeItem = { kind: "notice"; id: string; at: number; by: string | null; notice: Notice };

type Placed = {
  /** Of the event that brought it; absent while it is being written. */
  seq?: number;
  /** The owner took its words back for everybody (LO11). */
  takenBack?: true;
};

export type Item = (
  | PromptItem
  | MessageItem
  | ThoughtItem
  | ToolItem
  | PlanItem
  | QuestionItem
  | PermissionItem
  | SuggestionItem
  | TasksItem
  | TurnEndItem
  | TurnKeptItem
  | RewoundItem
  | NoticeItem
) &
  Placed;

export type Person = { name: string; colour: number };

/**
 * What was said and done, oldest first. Ids are unique, an unchanged item keeps its identity.
 *
 * The text of a streaming item is NOT renewed in here, so that 60 deltas a second re-render one
 * component and not the list: the component of one item calls `useItem(session, item)` and draws
 * what it returns.
 */
export type Transcript = {
  items: readonly Item[];
  /** Everybody the loaded events or the roster name, also those who left. */
  people: Readonly<Record<string, Person>>;
  /** What the turns of each one may do unasked, of those whose coming is loaded (GR5). */
  ceilings: Readonly<Record<string, Ceiling>>;
  /** Seq of the oldest loaded event; `head + 1` when none is. */
  first: number;
  head: number;
  /** Nothing older is left to load. */
  whole: boolean;
};

export type Room = {
  /** `gone`: it does not exist for this person (any more). */
  status: "loading" | "live" | "gone";
  view: RoomView | null;
  transcript: Transcript;
  /** When the host's log turned out to be another one and replaced what was shown (LO9). */
  replacedAt: number | null;
  /** Person → since when they type, by this machine's clock. Entries go by themselves. */
  typing: Readonly<Record<string, number>>;
};

import type { AgentRow } from "../src/gen/AgentRow";
import type { Directory } from "../src/gen/Directory";
import type { Event } from "../src/gen/Event";
import type { Failure } from "../src/gen/Failure";
import type { KnownHostRow } from "../src/gen/KnownHostRow";
import type { LoggedEvent } from "../src/gen/LoggedEvent";
import type { LongText } from "../src/gen/LongText";
import type { Notification } from "../src/gen/Notification";
import type { Reply } from "../src/gen/Reply";
import type { Snapshot } from "../src/gen/Snapshot";
import type { Door, LinkState, RequestWithoutCommand } from "../src/link";

export type Scene = {
  session: string | null;
  link: LinkState[];
  /** On a guest's page: what is known of the host before it has spoken. */
  door?: Door;
  directory: Directory;
  agents: AgentRow[];
  snapshot: Snapshot | null;
  /** Of further sessions, by their id. */
  rooms?: Record<string, Snapshot>;
  /** What follows the snapshot. */
  then?: Notification[];
  /** Everything older than the snapshot's page, oldest first. */
  older?: LoggedEvent[];
  /** Text that keeps coming into this item of the turn. */
  streams?: { turn: string; item: string; words: string[] };
  /** What queries and commands are answered with, by method. */
  replies?: Partial<Record<RequestWithoutCommand["method"], Reply | ((asked: RequestWithoutCommand) => Reply | Promise<Reply>)>>;
  /** What each terminal shows, by its id. */
  screens?: Record<string, string>;
  /** Other hosts that the owner has joined, and which of them is in view. */
  elsewhere?: { open: string | null; hosts: { row: KnownHostRow; scene: Scene }[] };
  /** Everything that a person asks for fails so. */
  refuses?: Failure;
};

export const NOW = Date.now();

/** Whole, inline text. */
export function long(text: string): LongText {
  return { text, bytes: new TextEncoder().encode(text).length };
}

/** Events with dense seqs; the number before each is how many seconds ago it happened. */
export function logged(events: [ago: number, event: Event, person?: string][]): LoggedEvent[] {
  return events.map(([ago, event, person], index) => ({
    seq: index + 1,
    at: NOW - ago * 1000,
    actor: person ? { kind: "person", person } : { kind: "agent" },
    hash: String(index + 1).padStart(64, "0"),
    event: event as LoggedEvent["event"],
  }));
}

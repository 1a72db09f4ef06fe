import type { LoggedEvent } from "../../src/gen/LoggedEvent";
import type { Notification } from "../../src/gen/Notification";
import type { Reply } from "../../src/gen/Reply";
import type { Request } from "../../src/gen/Request";
import { DIRECTORY } from "../directory";
import { joined, taken, type Said } from "../events";
import { ADA, AGENTS, welcome } from "../people";
import { snapshot, turn, view } from "../room";
import { long } from "../scene";
import type { FromHost, ToHost } from "./frames";
import { ITEMS_OF_TURN, Log, SPEECH, stepOf, turnOf } from "./past";

// Plays a host on a thread of its own: says what the benchmark needs, as text frames.

const LONG_ITEMS = 10_000;
/** Of a log, as a host sends it to who has nothing yet (LO3). */
const PAGE = 200;
/** As a host gathers the words of its agents. */
const TICK_MS = 33;
const CHARS_OF_TOKEN = 4;
const TURNS_OF_HOUR = 120;
/** What was said before, in each of them. */
const TURNS_BEFORE = 60;

const post = (told: FromHost): void => self.postMessage(told);
const notify = (told: Notification): void => post({ frame: JSON.stringify({ jsonrpc: "2.0", ...told }) });
const reply = (id: number, result: Reply): void => post({ frame: JSON.stringify({ jsonrpc: "2.0", id, result }) });

const streamOf = (session: string) => `session:${session}`;

class Session {
  readonly log = new Log();
  private said = 0;
  private item = 0;
  private n = 0;

  constructor(readonly id: string) {}

  /** The turn that runs, and what was before it. */
  running(): Notification {
    const before = Array.from({ length: TURNS_BEFORE }, (_, n) => turnOf(`${this.id}-p${n}`, n));
    const past = this.log.next([...joined(), ...before.flat(), ...taken("t1", 0, "ada", "Tell me all of it.")]);
    const shown = view(ADA, { queue: true, stop: true, steer: true }, { session: this.id, title: titleOf(this.id), turn: turn(ADA) });
    return { method: "snapshot", params: snapshot(shown, past, { stream: streamOf(this.id) }) };
  }

  /** Some more words; once a message is whole, its event, a call and the room as it stands then. */
  speak(chars: number): void {
    const text = SPEECH.slice(this.said, this.said + chars);
    this.n += 1;
    this.said += text.length;
    const item = `${this.id}-m${this.item}`;
    notify({ method: "signal", params: { stream: streamOf(this.id), signal: { kind: "delta", turn: "t1", item, thought: false, n: this.n, text } } });
    if (this.said < SPEECH.length) return;
    this.add([0, { type: "message_said", turn: "t1", item, text: { text: SPEECH, bytes: SPEECH.length } }]);
    this.add(...stepOf("t1", `${item}-call`, this.item));
    [this.said, this.n] = [0, 0];
    this.item += 1;
  }

  add(...said: Said[]): void {
    const prev = this.log.seq;
    notify({ method: "events", params: { stream: streamOf(this.id), prev, events: this.log.next(said) } });
  }
}

const sessions = new Map<string, Session>();
const ids = Array.from({ length: 8 }, (_, n) => `s${n + 1}`);
const TITLES: Record<string, string> = { long: "A long one", whole: "A long one, all of it at once" };
const titleOf = (id: string) => TITLES[id] ?? `Session ${id}`;

const LONG = longOne();
const WHOLE = JSON.stringify({ jsonrpc: "2.0", ...ofLong(LONG) });

function longOne(): LoggedEvent[] {
  const turns = Array.from({ length: LONG_ITEMS / ITEMS_OF_TURN }, (_, n) => turnOf(`h${n}`, n));
  const last: Said = [0, { type: "message_said", turn: "last", item: "last", text: long("The last word.") }];
  return new Log().next([...joined(), ...turns.flat(), ...taken("last", 0, "ada", "And the last question"), last]);
}

/** What a host sends first of it. */
function ofLong(events: LoggedEvent[], id = "whole"): Notification {
  const shown = view(ADA, { prompt_now: true, steer: true }, { session: id, title: TITLES[id] ?? "" });
  return { method: "snapshot", params: snapshot(shown, events, { stream: streamOf(id), whole: events.length === LONG.length }) };
}

function directory(): Notification {
  const row = DIRECTORY.sessions[1] as (typeof DIRECTORY.sessions)[number];
  const rows = [...ids, "long", "whole"].map((session, n) => ({ ...row, session, number: n + 1, handle: session, title: titleOf(session), status: "idle" as const, updated_at: -n }));
  return { method: "directory", params: { ...DIRECTORY, sessions: rows } };
}

function answer(id: number, request: Request): void {
  switch (request.method) {
    case "hello":
      return reply(id, { kind: "welcome", ...welcome(ADA) });
    case "watch_directory":
      reply(id, { kind: "done" });
      return notify(directory());
    case "agents":
      return reply(id, { kind: "agents", agents: AGENTS });
    case "known_hosts":
      return reply(id, { kind: "known_hosts", hosts: [] });
    case "subscribe":
      reply(id, { kind: "done" });
      return show(request.params.stream.replace(/^session:/, ""));
    case "page": {
      const { stream, before, limit } = request.params;
      return reply(id, { kind: "page", stream, events: LONG.slice(Math.max(0, before - 1 - limit), before - 1), first: before - 1 <= limit });
    }
    default:
      return reply(id, { kind: "done" });
  }
}

function show(id: string): void {
  if (id === "whole") return post({ frame: WHOLE });
  if (id === "long") return notify(ofLong(LONG.slice(-PAGE), id));
  const session = new Session(id);
  sessions.set(id, session);
  notify(session.running());
}

const some = (count: number) => [...sessions.values()].slice(0, count);

function stream({ sessions: count, tokensPerSecond, forMs }: { sessions: number; tokensPerSecond: number; forMs: number }): void {
  const began = performance.now();
  let spoken = 0;
  const timer = setInterval(() => {
    const passed = performance.now() - began;
    if (passed >= forMs) {
      clearInterval(timer);
      return post({ played: true });
    }
    const due = Math.round((passed / 1000) * tokensPerSecond * CHARS_OF_TOKEN);
    for (const session of some(count)) session.speak(due - spoken);
    spoken = due;
  }, TICK_MS);
}

let seen = (): void => undefined;

/** An hour of every session, as fast as the page takes it. */
async function hour({ sessions: count }: { sessions: number }): Promise<void> {
  for (let n = 0; n < TURNS_OF_HOUR; n++) {
    for (const session of some(count)) session.add(...turnOf(`${session.id}-h${n}`, n));
    await new Promise<void>((next) => {
      seen = next;
      post({ ask: n });
    });
  }
  post({ played: true });
}

self.onmessage = ({ data }: MessageEvent<ToHost>) => {
  if ("seen" in data) return seen();
  if ("play" in data) return data.play.what === "stream" ? stream(data.play) : void hour(data.play);
  const { id, jsonrpc: _, ...request } = JSON.parse(data.frame) as { id: number; jsonrpc: string } & Request;
  answer(id, request as Request);
};

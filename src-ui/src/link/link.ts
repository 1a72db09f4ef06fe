import type { Auth } from "../gen/Auth";
import type { Failure } from "../gen/Failure";
import type { Notification } from "../gen/Notification";
import type { Reply } from "../gen/Reply";
import { isAuth, type Credentials } from "./credentials";
import { decode, encode, type HostFrame } from "./frames";
import { deadline, linkState, step, type Effect, type Input, type Machine, type Ready } from "./machine";
import { belongsToConnection, RequestFailed, Requests } from "./requests";
import { readShown, writeTyped, type Shown } from "./terminal-frames";
import { ABNORMAL, type Connection, type Transport } from "./transport";
import type { LinkState, RequestWithoutCommand } from "./types";

export type LinkParts = {
  transport: Transport;
  credentials: Credentials;
  /** Program and version, for the owner's list of devices. */
  client: string;
  random?: () => number;
};

type Listener<T> = (told: T) => void;

const HELLO_ID = 0;

/** One host, dialled for as long as it is wanted: runs the machine's effects and keeps the requests. */
export class Link {
  private machine: Machine = { kind: "idle" };
  private shown: LinkState = { kind: "idle" };
  private connection: Connection | null = null;
  private auth: Auth | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly requests = new Requests();
  private readonly stateListeners = new Set<Listener<LinkState>>();
  private readonly notificationListeners = new Set<Listener<Notification>>();
  private readonly shownListeners = new Set<Listener<Shown>>();

  constructor(private readonly parts: LinkParts) {}

  get state(): LinkState {
    return this.shown;
  }

  onState(listener: Listener<LinkState>): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  onNotification(listener: Listener<Notification>): () => void {
    this.notificationListeners.add(listener);
    return () => this.notificationListeners.delete(listener);
  }

  /** What terminals show that this connection is attached to. */
  onShown(listener: Listener<Shown>): () => void {
    this.shownListeners.add(listener);
    return () => this.shownListeners.delete(listener);
  }

  /** Keys for a terminal; lost without a connection, as on any line. */
  type(terminal: string, bytes: Uint8Array): void {
    if (this.machine.kind === "live") this.connection?.sendBytes(writeTyped(terminal, bytes));
  }

  start(): void {
    this.take({ kind: "start", ready: this.ready() });
  }

  stop(): void {
    this.take({ kind: "stopped" });
  }

  /** The network is back, or the page is looked at again: no use in waiting out the time. */
  wake(): void {
    this.take({ kind: "woken" });
  }

  knock(name: string): void {
    this.parts.credentials.named(name);
    this.start();
  }

  /** Answered on this connection or, for commands and queries, on a later one (LO5). */
  request(asked: RequestWithoutCommand): Promise<Reply> {
    const { kind } = this.machine;
    if (kind === "refused" || (kind !== "live" && belongsToConnection(asked))) {
      return Promise.reject(new RequestFailed(this.whyNot()));
    }
    const { id, request, answer } = this.requests.add(asked);
    if (kind === "live") this.connection?.send(encode(id, request));
    return answer;
  }

  private take(input: Input): void {
    const before = this.machine;
    const [machine, effects] = step(before, input, { now: Date.now(), random: (this.parts.random ?? Math.random)() });
    this.machine = machine;
    if (machine !== before) this.arm(machine);
    for (const effect of effects) this.run(effect);
    if (machine === before || machine !== this.machine) return;
    // First what has waited, so that nothing a listener asks for goes out twice.
    if (machine.kind === "live") this.resend();
    if (machine.kind === "refused") this.requests.failAll(this.whyNot());
    this.show(machine);
  }

  private arm(machine: Machine): void {
    clearTimeout(this.timer);
    const due = deadline(machine);
    if (due !== null) this.timer = setTimeout(() => this.take({ kind: "time_up" }), Math.max(0, due - Date.now()));
  }

  private run(effect: Effect): void {
    switch (effect) {
      case "dial":
        return this.dial();
      case "hello":
        return this.hello();
      case "hang_up":
        return this.hangUp();
    }
  }

  private dial(): void {
    const way = this.parts.credentials.way();
    this.auth = isAuth(way) ? way : null;
    // What an earlier connection still has to say belongs to nobody.
    const mine = (): boolean => this.connection === connection;
    let connection: Connection | null = null;
    connection = this.parts.transport.open({
      opened: () => mine() && this.take({ kind: "opened" }),
      frame: (text) => mine() && this.hear(text),
      bytes: (frame) => mine() && this.see(frame),
      closed: (code) => mine() && this.take({ kind: "closed", code }),
    });
    this.connection = connection;
  }

  private hello(): void {
    if (!this.auth) return;
    const params = { auth: this.auth, client: this.parts.client };
    this.connection?.send(encode(HELLO_ID, { method: "hello", params }));
  }

  private hangUp(): void {
    const { connection } = this;
    this.connection = null;
    connection?.close();
    this.requests.connectionLost();
  }

  private hear(text: string): void {
    const frame = decode(text);
    if (!frame) return this.take({ kind: "closed", code: ABNORMAL });
    switch (frame.kind) {
      case "notification":
        return this.told(frame.notification);
      case "reply":
        return frame.id === HELLO_ID ? this.greeted(frame.reply) : this.requests.settle(frame.id, frame.reply);
      case "failed":
        return this.refused(frame);
    }
  }

  private see(frame: Uint8Array): void {
    const shown = readShown(frame);
    if (shown) for (const listener of this.shownListeners) listener(shown);
  }

  private told(notification: Notification): void {
    if (notification.method === "welcome") return this.greeted({ kind: "welcome", ...notification.params });
    if (notification.method === "bye") {
      if (notification.params.reason === "refused") this.parts.credentials.sentAway();
      return this.take({ kind: "bye", bye: notification.params });
    }
    for (const listener of this.notificationListeners) listener(notification);
  }

  private greeted(reply: Reply): void {
    if (reply.kind === "waiting") return this.take({ kind: "asked_for_consent" });
    if (reply.kind !== "welcome") return;
    const { kind: _, ...welcome } = reply;
    if (this.auth) this.parts.credentials.welcomed(this.auth, welcome);
    this.take({ kind: "welcomed", welcome });
  }

  private refused({ id, failure }: Extract<HostFrame, { kind: "failed" }>): void {
    if (id === null) return;
    if (id !== HELLO_ID) return this.requests.fail(id, failure);
    const another = this.auth !== null && this.parts.credentials.failed(this.auth, failure);
    this.take({ kind: "hello_failed", failure, ready: another ? this.ready() : null });
  }

  private ready(): Ready {
    const way = this.parts.credentials.way();
    return isAuth(way) ? { kind: "ready" } : way;
  }

  private resend(): void {
    for (const [id, request] of this.requests.unanswered()) {
      if (!belongsToConnection(request)) this.connection?.send(encode(id, request));
    }
  }

  private show(machine: Machine): void {
    const state = linkState(machine);
    const { shown } = this;
    if (state.kind === "dialling" && shown.kind === "dialling" && state.attempt === shown.attempt) return;
    this.shown = state;
    for (const listener of this.stateListeners) listener(state);
  }

  private whyNot(): Failure {
    const message = this.machine.kind === "refused" ? (this.machine.message ?? "") : "";
    return { code: "not_paired", message, retry: "never" };
  }
}

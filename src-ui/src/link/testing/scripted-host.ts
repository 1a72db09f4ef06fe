import type { Failure } from "../../gen/Failure";
import type { Notification } from "../../gen/Notification";
import type { Reply } from "../../gen/Reply";
import type { Request } from "../../gen/Request";
import type { Welcome } from "../../gen/Welcome";
import { keepOf } from "../keep";
import type { Page } from "../credentials";
import type { Connection, Transport, TransportEvents } from "../transport";

export type Sent = { id: number; request: Request };

export const welcome: Welcome = {
  host: "00000000-0000-4000-8000-000000000001",
  host_name: "kestrel",
  epoch: "00000000-0000-4000-8000-0000000000e1",
  person: "00000000-0000-4000-8000-00000000000a",
  name: "Ada",
  owner: true,
  version: "0.1.0",
};

/** A host at the transport's port: a test reads what was sent and says what comes back. */
export class ScriptedHost implements Transport {
  readonly dialled: ScriptedConnection[] = [];

  open(told: TransportEvents): Connection {
    const connection = new ScriptedConnection(told);
    this.dialled.push(connection);
    return connection;
  }

  get newest(): ScriptedConnection {
    const connection = this.dialled.at(-1);
    if (!connection) throw new Error("nobody has dialled");
    return connection;
  }

  /** Opens the newest connection and answers its hello with a welcome. */
  letIn(greeting: Welcome = welcome): ScriptedConnection {
    const connection = this.newest;
    connection.accept();
    connection.reply(connection.last("hello").id, { kind: "welcome", ...greeting });
    return connection;
  }
}

export class ScriptedConnection implements Connection {
  readonly sent: Sent[] = [];
  closedByClient = false;

  constructor(private readonly told: TransportEvents) {}

  send(text: string): void {
    const { id, jsonrpc: _, ...request } = JSON.parse(text) as { id: number; jsonrpc: string } & Request;
    this.sent.push({ id, request: request as Request });
  }

  readonly typed: Uint8Array[] = [];

  sendBytes(frame: Uint8Array): void {
    this.typed.push(frame);
  }

  show(frame: Uint8Array): void {
    this.told.bytes(frame);
  }

  close(): void {
    this.closedByClient = true;
  }

  accept(): void {
    this.told.opened();
  }

  raw(text: string): void {
    this.told.frame(text);
  }

  reply(id: number, result: Reply): void {
    this.raw(JSON.stringify({ jsonrpc: "2.0", id, result }));
  }

  fail(id: number, data: Failure): void {
    this.raw(JSON.stringify({ jsonrpc: "2.0", id, error: { code: -32000, message: data.message, data } }));
  }

  notify(notification: Notification): void {
    this.raw(JSON.stringify({ jsonrpc: "2.0", ...notification }));
  }

  drop(code = 1006): void {
    this.told.closed(code);
  }

  all<M extends Request["method"]>(method: M): SentOf<M>[] {
    return this.sent.filter(({ request }) => request.method === method) as SentOf<M>[];
  }

  last<M extends Request["method"]>(method: M): SentOf<M> {
    const found = this.all(method).at(-1);
    if (!found) throw new Error(`no ${method} was sent`);
    return found;
  }
}

export type SentOf<M extends Request["method"]> = { id: number; request: Extract<Request, { method: M }> };

/** A browser page whose storage and address a test can read. */
export class ScriptedPage implements Page {
  readonly session = memoryKeep();
  readonly local = memoryKeep();

  constructor(public fragment = "") {}

  clearFragment(): void {
    this.fragment = "";
  }

  /** The same tab after a reload. */
  reloaded(): ScriptedPage {
    return Object.assign(new ScriptedPage(this.fragment), { session: this.session, local: this.local });
  }
}

function memoryKeep(): Page["session"] {
  return keepOf(() => {
    throw new Error("this page has memory only");
  });
}

// @vitest-environment node
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Notification } from "../gen/Notification";
import { windowCredentials } from "./credentials";
import { Link } from "./link";
import { RequestFailed } from "./requests";
import { ScriptedHost } from "./testing/scripted-host";

const session = "00000000-0000-4000-8000-000000000051";
const prompt = { method: "prompt", params: { session, text: "Fix it", delivery: "now" } } as const;

let host: ScriptedHost;
let link: Link;

beforeEach(() => {
  vi.useFakeTimers();
  host = new ScriptedHost();
  link = new Link({ transport: host, credentials: windowCredentials, client: "test", random: () => 0 });
  link.start();
});

afterEach(() => {
  link.stop();
  vi.useRealTimers();
});

describe("requests over the link", () => {
  it("says hello first and answers each promise by its id", async () => {
    const connection = host.letIn();
    expect(connection.sent[0]?.request).toEqual({
      method: "hello",
      params: { auth: { kind: "local", token: "" }, client: "test" },
    });
    const agents = link.request({ method: "agents" });
    const shares = link.request({ method: "shares" });
    connection.reply(connection.last("shares").id, { kind: "shares", shares: [] });
    connection.reply(connection.last("agents").id, { kind: "agents", agents: [] });
    expect((await shares).kind).toBe("shares");
    expect((await agents).kind).toBe("agents");
  });

  it("LO5 sends an unanswered command again with the same command id after a reconnect", async () => {
    const first = host.letIn();
    const answer = link.request(prompt);
    const { command } = first.last("prompt").request.params;
    first.drop();
    vi.advanceTimersByTime(1000);
    const second = host.letIn();
    expect(second.all("prompt")).toHaveLength(1);
    expect(second.last("prompt").request.params).toEqual({ ...prompt.params, command });
    second.reply(second.last("prompt").id, { kind: "done" });
    expect((await answer).kind).toBe("done");
    second.drop();
    vi.advanceTimersByTime(1000);
    expect(host.letIn().all("prompt")).toHaveLength(0);
  });

  it("LO5 keeps what is asked while there is no connection, in order", () => {
    host.letIn().drop();
    void link.request(prompt);
    void link.request({ method: "stop_turn", params: { session } });
    vi.advanceTimersByTime(1000);
    const methods = host.letIn().sent.map(({ request }) => request.method);
    expect(methods).toEqual(["hello", "prompt", "stop_turn"]);
  });

  it("LO5 asks again by its id what became of a code that is good once", async () => {
    const first = host.letIn();
    const answer = link.request({ method: "pair_host", params: { hint: "9f2c44e1", code: "123456", name: null } });
    const { command } = first.last("pair_host").request.params;
    first.drop();
    vi.advanceTimersByTime(1000);
    const second = host.letIn();
    expect(second.last("pair_host").request.params.command).toBe(command);
    second.reply(second.last("pair_host").id, { kind: "done" });
    expect((await answer).kind).toBe("done");
  });

  it("LO5 does not stop the next life of a host whose answer was lost, nor one that is away", async () => {
    const first = host.letIn();
    const stopped = link.request({ method: "stop_host", params: {} });
    expect(first.last("stop_host").request.params.command).toMatch(/^[0-9a-f-]{36}$/);
    const failed = expect(stopped).rejects.toMatchObject({ code: "host_stopping" });
    first.drop();
    await failed;
    await expect(link.request({ method: "stop_host", params: {} })).rejects.toBeInstanceOf(RequestFailed);
    vi.advanceTimersByTime(1000);
    expect(host.letIn().all("stop_host")).toEqual([]);
  });

  it("LO5 gives two commands two ids", () => {
    const connection = host.letIn();
    void link.request(prompt);
    void link.request(prompt);
    const [one, two] = connection.all("prompt").map(({ request }) => request.params.command);
    expect(one).toMatch(/^[0-9a-f-]{36}$/);
    expect(one).not.toBe(two);
  });

  it("rejects with the host's failure and does not send it again", async () => {
    const connection = host.letIn();
    const answer = link.request(prompt);
    const rejection = { kind: "muted" } as never;
    connection.fail(connection.last("prompt").id, {
      code: "muted",
      message: "You are muted.",
      retry: "after_change",
      rejection,
    });
    await expect(answer).rejects.toMatchObject({ code: "muted", message: "You are muted.", rejection });
    connection.drop();
    vi.advanceTimersByTime(1000);
    expect(host.letIn().all("prompt")).toHaveLength(0);
  });

  it("lets subscriptions and typing go with their connection", async () => {
    host.letIn();
    const subscribed = link.request({ method: "subscribe", params: { stream: `session:${session}`, cursor: null } });
    host.newest.drop();
    await expect(subscribed).rejects.toBeInstanceOf(RequestFailed);
    await expect(link.request({ method: "typing", params: { session } })).rejects.toBeInstanceOf(RequestFailed);
  });

  it("rejects all that waits once the host has revoked this device", async () => {
    const connection = host.letIn();
    const answer = link.request(prompt);
    connection.notify({ method: "bye", params: { reason: "revoked", message: "Ada took your access away." } });
    await expect(answer).rejects.toMatchObject({ code: "not_paired", message: "Ada took your access away." });
    await expect(link.request(prompt)).rejects.toBeInstanceOf(RequestFailed);
    vi.advanceTimersByTime(120_000);
    expect(host.dialled).toHaveLength(1);
    expect(connection.closedByClient).toBe(true);
  });
});

describe("the connection", () => {
  it("PA9 comes back by itself and says so", () => {
    const states: string[] = [];
    link.onState(({ kind }) => states.push(kind));
    host.letIn().drop();
    vi.advanceTimersByTime(999);
    expect(host.dialled).toHaveLength(1);
    vi.advanceTimersByTime(1);
    host.letIn();
    expect(states).toEqual(["live", "retrying", "dialling", "live"]);
  });

  it("PA9 dials at once when woken while it waits", () => {
    host.letIn().drop();
    link.wake();
    expect(host.dialled).toHaveLength(2);
    vi.advanceTimersByTime(1000);
    expect(host.dialled).toHaveLength(2);
  });

  it("hears nothing of a connection it has left", () => {
    const old = host.letIn();
    old.drop();
    vi.advanceTimersByTime(1000);
    host.letIn();
    old.notify({ method: "bye", params: { reason: "kicked", message: "" } });
    old.drop(4401);
    expect(link.state.kind).toBe("live");
  });

  it("PA10 passes on notifications of methods it does not know and outlives them", () => {
    const heard: Notification[] = [];
    link.onNotification((told) => heard.push(told));
    const connection = host.letIn();
    connection.raw('{"jsonrpc":"2.0","method":"aurora","params":{"hue":3}}');
    expect(heard).toEqual([{ jsonrpc: "2.0", method: "aurora", params: { hue: 3 } }]);
    expect(link.state.kind).toBe("live");
  });

  it.each(["{", "[]", '"x"', '{"jsonrpc":"1.0","id":1,"result":{}}', '{"jsonrpc":"2.0","id":1}'])(
    "drops the connection of something that is no host: %s",
    (text) => {
      host.letIn().raw(text);
      expect(link.state.kind).toBe("retrying");
    },
  );

  it("stops for good", () => {
    host.letIn().drop();
    link.stop();
    vi.advanceTimersByTime(60_000);
    expect([link.state.kind, host.dialled.length]).toEqual(["idle", 1]);
  });
});

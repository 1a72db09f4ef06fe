// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Request } from "../gen/Request";
import { windowCredentials } from "./credentials";
import { decode, encode } from "./frames";
import { Link } from "./link";
import { ScriptedHost } from "./testing/scripted-host";
import type { RequestWithoutCommand } from "./types";

type Frame = { id: number; method: string; params?: Record<string, unknown>; result?: unknown; error?: { data: unknown } };

function golden(kind: "request" | "reply" | "notification"): { name: string; text: string; frame: Frame }[] {
  const folder = join(import.meta.dirname, "../../../crates/wire/golden", kind);
  return readdirSync(folder).map((name) => {
    const text = readFileSync(join(folder, name), "utf8");
    return { name: name.replace(".json", ""), text, frame: JSON.parse(text) as Frame };
  });
}

describe("the golden frames that Rust writes", () => {
  it.each(golden("notification"))("notification $name is read", ({ text, frame }) => {
    expect(decode(text)).toMatchObject({ kind: "notification", notification: { method: frame.method, params: frame.params } });
  });

  it.each(golden("reply"))("reply $name is read", ({ text, frame }) => {
    const wanted = frame.error
      ? { kind: "failed", id: frame.id, failure: frame.error.data }
      : { kind: "reply", id: frame.id, reply: frame.result };
    expect(decode(text)).toEqual(wanted);
  });

  it.each(golden("request"))("request $name is written, with a command id where the host wants one", ({ frame }) => {
    const { id, method, params } = frame;
    const { command, ...rest } = params ?? {};
    const asked = { method, ...(params ? { params: command === undefined ? params : rest } : {}) };
    const sent = method === "hello" ? (asked as Request) : sentBy(asked as RequestWithoutCommand);
    const written = JSON.parse(encode(id, sent)) as Frame;
    if (command !== undefined) expect(written.params?.command).toMatch(/^[0-9a-f-]{36}$/);
    expect(written).toEqual(command === undefined ? frame : { ...frame, params: { ...params, command: written.params?.command } });
  });
});

function sentBy(asked: RequestWithoutCommand): Request {
  const host = new ScriptedHost();
  const link = new Link({ transport: host, credentials: windowCredentials, client: "test" });
  link.start();
  const connection = host.letIn();
  link.request(asked).catch(() => undefined);
  link.stop();
  const sent = connection.sent.at(-1);
  if (!sent) throw new Error("nothing was sent");
  return sent.request;
}

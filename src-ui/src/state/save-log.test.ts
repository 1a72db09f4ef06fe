import { describe, expect, it } from "vitest";
import type { RawEvent } from "../gen/RawEvent";
import type { Reply } from "../gen/Reply";
import type { SignedHead } from "../gen/SignedHead";
import type { RequestWithoutCommand } from "../link";
import { RequestFailed } from "../link";
import { logFile } from "./save-log";
import { HandClock } from "./testing/hand-clock";

const event = (seq: number): RawEvent => ({
  seq,
  at: 1_700_000_000_000 + seq,
  actor: '{"kind":"host"}',
  kind: "session_paused",
  body: '{"type":"session_paused"}',
  seal: { kind: "salt", hex: "00" },
  hash: String(seq),
});
const head: SignedHead = { epoch: "e1", stream: "session:s1", seq: 2, hash: "2", at: 1, key: "3059", signature: "ff" };
const page = (events: RawEvent[], heads: SignedHead[], last: boolean): Reply => ({
  kind: "log_page",
  stream: "session:s1",
  epoch: "e1",
  key: "",
  events,
  heads,
  last,
});

describe("a session's log as a file", () => {
  it("LO6 is a line for the log, one for each event and one for each signed head, as the command line writes it", async () => {
    const asked: RequestWithoutCommand[] = [];
    const pages = [page([event(1), event(2)], [head], false), page([event(3)], [], true)];
    const text = await logFile("s1", async (request) => (asked.push(request), pages.shift() as Reply), new HandClock());
    const after = (seq: number) => ({ method: "log_page", params: { stream: "session:s1", after: seq, limit: 200 } });
    expect(asked).toEqual([after(0), after(2)]);
    expect(text.endsWith("\n")).toBe(true);
    const fingerprint = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
    expect(text.trimEnd().split("\n").map((line) => JSON.parse(line) as unknown)).toEqual([
      { log: { format: 1, stream: "session:s1", epoch: "e1", key: "", fingerprint } },
      { event: event(1) },
      { event: event(2) },
      { event: event(3) },
      { head },
    ]);
  });

  it("waits when the host says that it was asked too much", async () => {
    const clock = new HandClock();
    let tries = 0;
    const text = logFile("s1", async () => {
      tries += 1;
      if (tries === 1) throw new RequestFailed({ code: "rate_limited", message: "", retry: "after" });
      return page([event(1)], [], true);
    }, clock);
    await Promise.resolve();
    await Promise.resolve();
    expect(tries).toBe(1);
    clock.pass(1_000);
    expect((await text).split("\n")).toHaveLength(3);
  });

  it("does not swallow another refusal", async () => {
    const refused = async () => Promise.reject(new RequestFailed({ code: "forbidden", message: "No.", retry: "never" }));
    await expect(logFile("s1", refused, new HandClock())).rejects.toMatchObject({ code: "forbidden" });
  });
});

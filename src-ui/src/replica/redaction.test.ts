// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { LoggedEvent } from "../gen/LoggedEvent";
import { redacted } from "./redaction";
import { unknown, withEvents, withPage, withSnapshot } from "./replica";
import { ada, logged, long, snapshot, took } from "./testing/story";

const secret = "hunter2";
const said = logged(2, { type: "message_said", turn: "t", item: "m", text: long(secret) });
const before = [logged(1, took("t", "p", `my password is ${secret}`)), said];
const back = logged(3, { type: "redacted", seqs: [1, 2], by: ada }, { kind: "person", person: ada });

describe("what the owner takes back", () => {
  it("LO11 goes from what is shown and from what is kept, and a notice says so", () => {
    const opened = withSnapshot(unknown, snapshot(before), 1);
    expect(JSON.stringify(opened)).toContain(secret);
    const { replica } = withEvents(opened, 2, [back]);
    expect(JSON.stringify(replica)).not.toContain(secret);
    expect(replica.transcript.items.map(({ kind }) => kind)).toEqual(["prompt", "message", "notice"]);
    expect(replica.transcript.items.slice(0, 2)).toMatchObject([{ takenBack: true }, { takenBack: true }]);
    expect(replica.transcript.items[2]).toMatchObject({ by: ada, notice: { what: "redacted" } });
  });

  it("LO11 goes from an older page that was on its way", () => {
    const opened = withSnapshot(unknown, snapshot([back], { whole: false }), 1);
    expect(JSON.stringify(withPage(opened, before, true))).not.toContain(secret);
  });

  it("LO11 is in no field of any event that the host can redact", () => {
    const folder = join(import.meta.dirname, "../../../crates/model/golden/redacted");
    for (const name of readdirSync(folder)) {
      const { from, to } = JSON.parse(readFileSync(join(folder, name), "utf8")) as Record<"from" | "to", object>;
      const log = [logged(1, from as LoggedEvent["event"]), logged(2, { type: "redacted", seqs: [1], by: ada })];
      expect(redacted(log)[0]?.event).toEqual({ ...to, redacted: true });
    }
  });
});

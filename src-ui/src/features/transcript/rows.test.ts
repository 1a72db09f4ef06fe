import { describe, expect, it } from "vitest";
import type { Item, NoticeItem, ToolItem } from "../../replica/types";
import { rowsOf } from "./rows";

const tool = (id: string, turn = "t1"): ToolItem => ({
  kind: "tool",
  id,
  turn,
  at: 0,
  call: { kind: "read", title: id, input: { text: "{}", bytes: 2 }, paths: [] },
  status: "completed",
  output: null,
  diffs: [],
  endedAt: 1,
});
const message = (id: string): Item => ({ kind: "message", id, turn: "t1", at: 0, text: { text: id, bytes: 1 }, streaming: false });
const notice = (id: string, what: NoticeItem["notice"]): NoticeItem => ({ kind: "notice", id, at: 0, by: null, notice: what });

describe("the rows of a transcript", () => {
  it("gathers calls that follow each other in one turn", () => {
    const rows = rowsOf([tool("a"), tool("b"), message("m"), tool("c"), tool("d", "t2")]);
    expect(rows.map((row) => (row.kind === "tools" ? row.tools.map((one) => one.id) : row.id))).toEqual([["a", "b"], "m", ["c"], ["d"]]);
  });

  it("says arrivals in one line", () => {
    const joined = (person: string) => notice(person, { what: "joined", person, name: person, muted: false });
    expect(rowsOf([joined("ada"), joined("bea"), message("m"), joined("chen")])).toMatchObject([
      { kind: "joined", people: ["ada", "bea"] },
      { kind: "item" },
      { kind: "joined", people: ["chen"] },
    ]);
  });

  it("leaves out nothing but what says nothing", () => {
    const rows = rowsOf([notice("1", { what: "mode_reported", mode: "x" }), notice("2", { what: "queue_held" })]);
    expect(rows.map((row) => row.id)).toEqual(["2"]);
  });

  it("PA10 keeps a row for what it does not know", () => {
    expect(rowsOf([notice("1", { what: "unknown", type: "moon_rose", event: {} })])).toHaveLength(1);
  });
});

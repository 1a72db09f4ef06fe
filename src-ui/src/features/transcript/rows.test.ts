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

  it("LO11 keeps a row for each call whose words were taken back", () => {
    const rows = rowsOf([tool("a"), { ...tool("b"), takenBack: true }, tool("c")]);
    expect(rows.map((row) => [row.kind, row.id])).toEqual([["tools", "a"], ["item", "b"], ["tools", "c"]]);
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

  it("is silent about how a session was opened, and tells what changed afterwards", () => {
    const rules = (id: string, consensus: boolean) =>
      notice(id, { what: "rules_changed", rules: { consensus } as Extract<NoticeItem["notice"], { what: "rules_changed" }>["rules"] });
    const joined = (person: string) => notice(person, { what: "joined", person, name: person, muted: false });
    const opened: NoticeItem = {
      ...notice("0", { what: "session_opened", number: 1, title: "x", choice: { agent: "a" } }),
      by: "ada",
    };
    const ids = (items: Item[]) => rowsOf(items).map((row) => row.id);
    expect(ids([opened, rules("1", false), joined("ada"), rules("2", true), joined("bea")])).toEqual(["2", "bea"]);
    expect(ids([opened, rules("1", false), joined("bea")])).toEqual(["bea"]);
    expect(ids([rules("1", false), joined("ada")])).toEqual(["1", "ada"]);
  });

  it("shows a plan once, not also as the call that brought it", () => {
    const call = (id: string, kind: ToolItem["call"]["kind"]): ToolItem => ({ ...tool(id), call: { ...tool(id).call, kind } });
    const plan = { kind: "plan", id: "p", turn: "t1", at: 0 } as Item;
    const shown = (items: Item[]) => rowsOf(items).map((row) => (row.kind === "tools" ? row.tools.length : row.id));
    expect(shown([call("a", "read"), call("b", "switch_mode"), plan])).toEqual([1, "p"]);
    expect(shown([call("b", "switch_mode"), plan])).toEqual(["p"]);
    expect(shown([call("a", "read"), plan])).toEqual([1, "p"]);
    expect(shown([{ ...call("b", "switch_mode"), turn: "t0" }, plan])).toEqual([1, "p"]);
  });

  it("knows a call that people rejected from one that failed", () => {
    const asked = (title: string, answer: "allow" | "reject") =>
      ({ kind: "permission", id: "p", turn: "t1", at: 0, request: { title }, answer: { by: "ada", answer, at: 0 } }) as Item;
    const refused = (items: Item[]) => rowsOf(items).map((row) => row.kind === "tools" && row.refused);
    expect(refused([tool("a"), tool("b"), asked("b", "reject")])).toEqual([true, false]);
    expect(refused([tool("b"), asked("b", "allow")])).toEqual([false, false]);
    expect(refused([tool("b"), asked("something else", "reject")])).toEqual([false, false]);
  });

  it("AG5 tells of an agent that is ready only when it forgot what is above", () => {
    const ready = (id: string, memory: "resumed" | "new"): NoticeItem =>
      notice(id, { what: "agent_ready", turn: "t1", memory, name: "A", version: "1", lacks: [] });
    const opened = notice("0", { what: "session_opened", number: 1, title: "x", choice: { agent: "a" } });
    const end = { kind: "turn_end", id: "end", turn: "t1", at: 0 } as Item;
    const rows = rowsOf([opened, ready("1", "new"), end, ready("2", "resumed"), ready("3", "new")]);
    expect(rows.map((row) => row.id)).toEqual(["end", "3"]);
  });

  it("PA10 keeps a row for what it does not know", () => {
    expect(rowsOf([notice("1", { what: "unknown", type: "moon_rose", event: {} })])).toHaveLength(1);
  });
});

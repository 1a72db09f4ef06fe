import { describe, expect, it } from "vitest";
import type { Item, NoticeItem, ToolItem } from "../../replica/types";
import { unknown, withPage, withSnapshot } from "../../replica/replica";
import { snapshot, story } from "../../replica/testing/story";
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

  it("CH8 folds what was taken back into one line, also an earlier rewind, whichever pages are there", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const all = story(seed, 8);
      const whole = rowsOf(withSnapshot(unknown, snapshot(all), 1).transcript.items);
      for (const cut of [0, 1, 7, 23, 40, all.length - 1]) {
        const newest = withSnapshot(unknown, snapshot(all.slice(cut), { whole: false }), 1);
        expect(rowsOf(withPage(newest, all.slice(0, cut), true).transcript.items)).toEqual(whole);
      }
      const seen = JSON.stringify(whole.filter(({ kind }) => kind !== "rewound"));
      for (const { seq, event } of all) {
        if (event.type !== "conversation_rewound") continue;
        const gone = all.filter((one) => one.seq >= (event["from"] as number) && one.seq < seq && one.event.type === "turn_taken");
        expect(gone.length).toBeGreaterThan(0);
        for (const one of gone) expect(seen).not.toContain(`"turn":"${String(one.event["turn"])}"`);
      }
    }
  });

  it("CH8 counts the turns that were taken back, and keeps what was said since", () => {
    const prompt = (turn: string, seq: number): Item =>
      ({ kind: "prompt", id: `p-${turn}`, turn, at: 0, seq, author: "ada", origin: { kind: "human" }, text: turn, images: [], choice: { agent: "a" } });
    const back = (seq: number, from: number): Item => ({ kind: "rewound", id: `rewound:${seq}`, at: 0, seq, from, by: "bea" });
    const rows = rowsOf([prompt("a", 1), prompt("b", 3), back(5, 3), prompt("c", 6), back(8, 1), prompt("d", 9)]);
    expect(rows).toMatchObject([
      { kind: "rewound", by: "bea", turns: 3, rows: [{ id: "p-a" }, { kind: "rewound", turns: 1 }, { id: "p-c" }] },
      { kind: "item", id: "p-d" },
    ]);
    expect(rowsOf([back(5, 3)])).toMatchObject([{ kind: "rewound", turns: 0, rows: [] }]);
  });
});

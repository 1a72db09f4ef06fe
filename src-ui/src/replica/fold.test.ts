// @vitest-environment node
import { describe, expect, it } from "vitest";
import type { Event } from "../gen/Event";
import { nothing } from "./draft";
import { fold } from "./fold";
import { ada, bea, call, log, logged, long, numbers, story, took, usage } from "./testing/story";
import type { Item } from "./types";

function items(...events: (Event | { type: string })[]): readonly Item[] {
  return fold(nothing, log(...events)).items;
}

const [first] = [0];
const ended: Event = { type: "tool_ended", turn: "t", item: "x", status: "failed", output: long("no"), diffs: [] };

describe("the fold", () => {
  it("LO4 fold(all) = fold(fold(older), newer) wherever a log is cut", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const all = story(seed, 6);
      const random = numbers(seed * 7919);
      const whole = fold(nothing, all);
      for (let n = 0; n < 12; n++) {
        const cut = Math.floor(random() * (all.length + 1));
        expect(fold(fold(nothing, all.slice(0, cut)), all.slice(cut))).toEqual(whole);
      }
      const oneByOne = all.reduce((folded, event) => fold(folded, [event]), nothing);
      expect(oneByOne).toEqual(whole);
    }
  });

  it("changes nothing it was given", () => {
    const all = story(5, 4);
    const half = fold(nothing, all.slice(0, 40));
    const copy = structuredClone(half);
    fold(half, all.slice(40));
    expect(half).toEqual(copy);
  });

  it("keeps the identity of items that an event does not touch", () => {
    const all = story(3, 3);
    const before = fold(nothing, all);
    const after = fold(before, [logged(all.length + 1, { type: "message_said", turn: "t9", item: "m9", text: long("hi") })]);
    expect(after.items.slice(0, -1).every((item, i) => item === before.items[i])).toBe(true);
  });

  it("gives every item an id of its own", () => {
    const { items } = fold(nothing, story(11, 20));
    expect(new Set(items.map(({ kind, id }) => `${kind} ${id}`)).size).toBe(items.length);
  });

  it("LO7 pairs a tool's result with its call by id, whatever lies between", () => {
    const [one, two] = items(
      { type: "tool_started", turn: "t", item: "x", call: call("x.rs") },
      { type: "tool_started", turn: "t", item: "y", call: call("y.rs") },
      { type: "tool_ended", turn: "t", item: "y", status: "completed", output: long("ok"), diffs: [] },
      ended,
    );
    expect(one).toMatchObject({ id: "x", call: { title: "x.rs" }, status: "failed", output: { text: "no" }, endedAt: 1_000_004 });
    expect(two).toMatchObject({ id: "y", call: { title: "y.rs" }, status: "completed", endedAt: 1_000_003 });
  });

  it("LO7 shows a result whose call is on a page not yet loaded", () => {
    expect(items(ended)[first]).toMatchObject({ kind: "tool", id: "x", status: "failed", call: { title: "" } });
  });

  it("LO7 keeps a prompt with author, text and agent, and shows it when its turn comes", () => {
    const queued: Event = {
      type: "prompt_queued",
      prompt: "p",
      author: bea,
      origin: { kind: "human" },
      body: { text: "later" },
      ceiling: "bypass",
      ahead: false,
    };
    expect(items(queued)).toEqual([]);
    expect(items(queued, took("t", "p", "Fix it"))).toMatchObject([
      { kind: "prompt", id: "p", turn: "t", author: ada, text: "Fix it", choice: { agent: "rehearsal" } },
    ]);
  });

  it("QU4 takes back a prompt whose turn never began, and shows it once when it runs", () => {
    const back: Event[] = [
      took("t1", "p", "Fix it"),
      { type: "prompt_returned", prompt: "p", attempts: 1 },
      { type: "turn_ended", turn: "t1", outcome: { kind: "interrupted" }, usage },
    ];
    expect(items(...back)).toEqual([]);
    expect(items(...back, took("t2", "p", "Fix it"))).toMatchObject([{ kind: "prompt", id: "p", turn: "t2" }]);
  });

  it("TU6 leaves no tool of a turn running after its end", () => {
    const shown = items(
      took("t", "p", "Go"),
      { type: "turn_began", turn: "t" },
      { type: "tool_started", turn: "t", item: "x", call: call("x.rs") },
      { type: "turn_ended", turn: "t", outcome: { kind: "cancelled" }, usage },
    );
    expect(shown[1]).toMatchObject({ status: "cancelled", endedAt: 1_000_004 });
    expect(shown[2]).toMatchObject({ kind: "turn_end", began: 1_000_002, outcome: { kind: "cancelled" } });
  });

  it("BA6 shows the last vote of each person, and how the ballot closed", () => {
    const [card] = items(
      { type: "ballot_opened", ballot: "b", turn: "t", plan: long("1"), plan_hash: "h", electorate: { kind: "everyone", voters: [ada, bea] } },
      { type: "vote_cast", ballot: "b", person: ada, choice: { kind: "deny", reason: "no" } },
      { type: "vote_cast", ballot: "b", person: bea, choice: { kind: "approve" } },
      { type: "vote_cast", ballot: "b", person: ada, choice: { kind: "approve" } },
      { type: "ballot_closed", ballot: "b", outcome: { kind: "approved" } },
    );
    expect(card).toMatchObject({
      votes: [{ person: ada, choice: { kind: "approve" }, at: 1_000_004 }, { person: bea }],
      outcome: { kind: "approved" },
      closedAt: 1_000_005,
    });
  });

  it("puts later to-do lists of a turn in the place of the first", () => {
    const tasks = (text: string) => [{ text, status: "pending" }] as never;
    const shown = items(
      { type: "tasks_set", turn: "t", tasks: tasks("one") },
      { type: "message_said", turn: "t", item: "m", text: long("ok") },
      { type: "tasks_set", turn: "t", tasks: tasks("two") },
    );
    expect(shown).toMatchObject([{ kind: "tasks", at: 1_000_001, tasks: tasks("two") }, { kind: "message" }]);
  });

  it("RO5 names who did what in notices", () => {
    const muted = logged(4, { type: "person_muted", person: bea }, { kind: "person", person: ada });
    expect(fold(nothing, [muted]).items).toEqual([
      { kind: "notice", id: "notice:4", at: 1_000_004, seq: 4, by: ada, notice: { what: "muted", person: bea } },
    ]);
  });

  it("PA10 carries events of a type it does not know", () => {
    const aurora = { type: "aurora_seen", hue: 3 };
    expect(items(aurora, { type: "constructor" })).toMatchObject([
      { kind: "notice", notice: { what: "unknown", type: "aurora_seen", event: aurora } },
      { kind: "notice", notice: { what: "unknown", type: "constructor" } },
    ]);
  });

  it("PA10 carries a known type in a shape it does not know", () => {
    expect(items({ type: "turn_taken" }, { type: "message_said" })[first]).toMatchObject({
      notice: { what: "unknown", type: "turn_taken" },
    });
  });
});

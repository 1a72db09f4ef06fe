// @vitest-environment node
import { describe, expect, it } from "vitest";
import { itemOf, unknown, withDelta, withEvents, withItemText, withPage, withSnapshot, withView, type Replica } from "./replica";
import type { Delta } from "./running";
import { ada, bea, call, epoch, logged, long, numbers, roster, snapshot, story, usage } from "./testing/story";

const now = 5_000_000;
const all = story(1, 8);

function opened(events = all.slice(0, 10)): Replica {
  return withSnapshot(unknown, snapshot(events), now);
}

function delta(n: number, text: string, more: Partial<Delta> = {}): Delta {
  return { kind: "delta", turn: "live", item: "m", thought: false, n, text, ...more };
}

function hear(replica: Replica, ...deltas: Delta[]): { replica: Replica; asked: string[] } {
  const asked: string[] = [];
  for (const one of deltas) {
    const heard = withDelta(replica, one, now);
    if (heard.ask !== null) asked.push(heard.ask);
    replica = heard.replica;
  }
  return { replica, asked };
}

function newest(replica: Replica): string {
  const item = replica.transcript.items.at(-1);
  if (item?.kind !== "message" && item?.kind !== "thought") throw new Error("no text there");
  return itemOf(replica, item).text.text;
}

describe("events", () => {
  it("LO2 what follows the head is taken once and in order", () => {
    const { replica, hole } = withEvents(opened(), 10, all.slice(10));
    expect(hole).toBe(false);
    expect(replica.transcript).toEqual(withSnapshot(unknown, snapshot(all), now).transcript);
    expect(replica.cursor).toEqual({ epoch, seq: all.length, hash: `hash-${all.length}` });
  });

  it("LO2 a hole is seen and nothing beyond it is shown", () => {
    const before = opened();
    const { replica, hole } = withEvents(before, 11, all.slice(11, 13));
    expect(hole).toBe(true);
    expect(replica).toBe(before);
    expect(withEvents(before, 10, [...all.slice(10, 12)].reverse()).hole).toBe(true);
  });

  it("LO2 what was seen before is passed over, alone or before something new", () => {
    const before = opened();
    expect(withEvents(before, 4, all.slice(4, 10)).replica).toBe(before);
    const overlapping = withEvents(before, 7, all.slice(7)).replica;
    expect(overlapping.transcript).toEqual(withSnapshot(unknown, snapshot(all), now).transcript);
  });

  it("LO2 a view of the log that leaves events out has no hole by that", () => {
    const before = opened();
    const later = logged(14, { type: "queue_held" });
    expect(withEvents(before, 10, [later])).toMatchObject({ hole: false, replica: { cursor: { seq: 14 } } });
  });

  it("LO2 events before the first snapshot are left to it", () => {
    expect(withEvents(unknown, 3, all.slice(3, 5))).toEqual({ replica: unknown, hole: false });
  });

  it("LO2 any order of repeated and cut deliveries ends in the same transcript", () => {
    const wanted = withSnapshot(unknown, snapshot(all), now).transcript;
    for (let seed = 1; seed <= 40; seed++) {
      const random = numbers(seed);
      let replica = opened([]);
      while ((replica.cursor?.seq ?? 0) < all.length) {
        const head = replica.cursor?.seq ?? 0;
        const from = Math.floor(random() * (head + 4));
        const to = from + 1 + Math.floor(random() * 9);
        const delivered = withEvents(replica, from, all.slice(from, to));
        expect(delivered.hole).toBe(from > head);
        replica = delivered.replica;
      }
      expect(replica.transcript).toEqual(wanted);
    }
  });
});

describe("snapshots and pages", () => {
  it("LO3 shows the newest page and the text so far of running items", () => {
    const partial = { turn: "live", item: "m", thought: true, n: 4, text: "so far", began: 77 };
    const replica = withSnapshot(unknown, snapshot(all.slice(20), { whole: false, partials: [partial] }), now);
    expect(replica.transcript).toMatchObject({ first: 21, head: all.length, whole: false });
    expect(replica.transcript.items.at(-1)).toMatchObject({ kind: "thought", id: "m", began: 77, streaming: true });
    expect(newest(hear(replica, delta(5, " and on")).replica)).toBe("so far and on");
  });

  it("LO9 a snapshot replaces everything and says when it replaced another log", () => {
    const replaced = withSnapshot(opened(), snapshot(all.slice(0, 3), { replaced: true }), now);
    expect(replaced.transcript).toEqual(opened(all.slice(0, 3)).transcript);
    expect(replaced.replacedAt).toBe(now);
    expect(opened().replacedAt).toBeNull();
  });

  it("LO1 the tail of running text is replaced by what the host kept", () => {
    const { replica } = hear(opened(), delta(1, "lost "), delta(2, "in the crash"));
    const kept = { turn: "live", item: "m", thought: false, n: 1, text: "lost ", began: 1 };
    expect(newest(withSnapshot(replica, snapshot(all.slice(0, 10), { partials: [kept] }), now))).toBe("lost ");
    const said = logged(11, { type: "message_said", turn: "live", item: "m", text: long("lost ") });
    const after = withEvents(replica, 10, [said]).replica;
    expect(after.transcript.items.at(-1)).toMatchObject({ id: "m", streaming: false, text: { text: "lost " } });
    expect(after.running).toEqual([]);
  });

  it("LO3 an older page in front is the same as having had it from the start", () => {
    for (let cut = 0; cut <= all.length; cut++) {
      const cursor = { epoch, seq: all.length, hash: `hash-${all.length}` };
      const tail = withSnapshot(unknown, snapshot(all.slice(cut), { whole: false, cursor }), now);
      const whole = withPage(tail, all.slice(0, cut), true);
      expect(whole.transcript).toEqual(withSnapshot(unknown, snapshot(all), now).transcript);
    }
  });

  it("LO7 pairs a tool with its result over the border of a page", () => {
    const started = logged(1, { type: "tool_started", turn: "t", item: "x", call: call("x.rs") });
    const ended = logged(2, { type: "tool_ended", turn: "t", item: "x", status: "completed", output: long("ok"), diffs: [] });
    const tail = withSnapshot(unknown, snapshot([ended], { whole: false }), now);
    expect(tail.transcript.items).toMatchObject([{ call: { title: "" }, status: "completed" }]);
    const { items, whole, first } = withPage(tail, [started], true).transcript;
    expect(items).toMatchObject([{ call: { title: "x.rs" }, status: "completed", output: { text: "ok" } }]);
    expect([whole, first]).toEqual([true, 1]);
  });

  it("names people of pages not loaded by the roster, and those who left by the log", () => {
    const tail = withSnapshot(unknown, snapshot([], { view: roster([bea, "Bea", 2]) }), now);
    expect(tail.transcript.people).toEqual({ [bea]: { name: "Bea", colour: 2 } });
    const both = withView(opened(), roster([bea, "Bea 2", 2]));
    expect(both.transcript.people).toEqual({ [ada]: { name: "Ada", colour: 1 }, [bea]: { name: "Bea 2", colour: 2 } });
  });
});

describe("text deltas", () => {
  it("grow one item and leave the transcript as it is", () => {
    const first = hear(opened(), delta(1, "He")).replica;
    const { replica, asked } = hear(first, delta(2, "llo"), delta(3, "."));
    expect(newest(replica)).toBe("Hello.");
    expect(replica.transcript).toBe(first.transcript);
    expect(asked).toEqual([]);
  });

  it("LO1 a repeated delta changes nothing", () => {
    const { replica } = hear(opened(), delta(1, "He"), delta(2, "llo"));
    expect(hear(replica, delta(2, "llo"), delta(1, "He")).replica).toBe(replica);
  });

  it("a gap is asked for once and healed with what came after it", () => {
    const gap = hear(opened(), delta(1, "a"), delta(4, "d"), delta(5, "e"));
    expect(gap.asked).toEqual(["m"]);
    expect(newest(gap.replica)).toBe("a");
    const healed = withItemText(gap.replica, "m", 4, "abcd").replica;
    expect(newest(healed)).toBe("abcde");
    expect(hear(healed, delta(6, "f")).asked).toEqual([]);
    expect(newest(hear(healed, delta(6, "f")).replica)).toBe("abcdef");
  });

  it("an item met in its middle is asked for", () => {
    const { replica, asked } = hear(opened(), delta(9, "i"));
    expect(asked).toEqual(["m"]);
    expect(newest(withItemText(replica, "m", 9, "abcdefghi").replica)).toBe("abcdefghi");
  });

  it("an answer that a second gap has overtaken is asked for again", () => {
    const { replica } = hear(opened(), delta(1, "a"), delta(3, "c"), delta(6, "f"));
    const partly = withItemText(replica, "m", 3, "abc");
    expect([newest(partly.replica), partly.ask]).toEqual(["abc", "m"]);
    expect(withItemText(partly.replica, "m", 3, "abc").ask).toBeNull();
    const whole = withItemText(partly.replica, "m", 6, "abcdef");
    expect([newest(whole.replica), whole.ask]).toEqual(["abcdef", null]);
  });

  it("an ended item keeps what is shown until its event brings the whole", () => {
    const { replica } = hear(opened(), delta(1, "a"), delta(3, "c"));
    expect(newest(withItemText(replica, "m", 3, null).replica)).toBe("a");
  });

  it("TU7 late deltas of an ended item or turn touch nothing", () => {
    const said = logged(11, { type: "message_said", turn: "live", item: "m", text: long("Hello") });
    const over = logged(12, { type: "turn_ended", turn: "live", outcome: { kind: "completed" }, usage });
    const { replica } = withEvents(opened(), 10, [said, over]);
    expect(hear(replica, delta(7, "!"), delta(1, "new", { item: "other" })).replica).toBe(replica);
  });

  it("TU6 the end of a turn ends what it was still saying", () => {
    const { replica } = hear(opened(), delta(1, "a"));
    const over = logged(11, { type: "turn_ended", turn: "live", outcome: { kind: "interrupted" }, usage });
    expect(withEvents(replica, 10, [over]).replica.transcript.items.at(-1)).toMatchObject({ kind: "turn_end" });
  });
});

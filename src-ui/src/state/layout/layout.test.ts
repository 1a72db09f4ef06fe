import { describe, expect, it } from "vitest";
import { numbers } from "../../replica/testing/story";
import { chat, chatsOf, FRESH, isStrip, LEAST_SHARE, MOST_CLOSED, MOST_PANES, panesOf, tabKey, type Layout } from "./model";
import { reduce, type Action } from "./reduce";
import { after, anyAction, beside, drawn, key, onwards, open } from "./testing/drive";
import { read, write } from "./text";

const close = (session: string): Action => ({ type: "close_tab", key: key(session) });
const closePane = (pane: number): Action => ({ type: "close_pane", pane });
const reopen: Action = { type: "reopen" };

describe("panes and tabs", () => {
  it("WI1 begins with one pane that has nothing open, and has five at most", () => {
    expect(drawn(FRESH)).toBe("-!");
    const split: Action = { type: "split", pane: 1, side: "right" };
    const full = after(open("a"), split, split, split, split, split, split);
    expect(panesOf(full)).toHaveLength(MOST_PANES);
    expect(reduce(full, split)).toBe(full);
    expect(onwards(full, closePane(2), closePane(3), closePane(4), closePane(5), closePane(6), closePane(1)).columns).toHaveLength(1);
  });

  it("WI2 has a chat in one pane at most: what is open is looked at where it is", () => {
    const two = after(open("a"), beside("b"));
    expect(drawn(two)).toBe("a*|b*!");
    expect(drawn(onwards(two, open("a")))).toBe("a*!|b*");
    expect(drawn(onwards(two, open("c"), open("b")))).toBe("a*|b* c!");
    const elsewhere = reduce(two, { type: "open", tab: chat("a", "kA") });
    expect(panesOf(elsewhere).flatMap(({ tabs }) => tabs)).toHaveLength(3);
  });

  it("WI2 orders tabs as they are dragged, within a pane and between panes", () => {
    const three = after(open("a"), open("b"), open("c"));
    const move = (session: string, pane: number, at: number): Action => ({ type: "move", key: key(session), pane, at });
    expect(drawn(onwards(three, move("c", 1, 0)))).toBe("c* a b!");
    expect(drawn(onwards(three, move("a", 1, 3)))).toBe("b c a*!");
    expect(drawn(onwards(three, move("a", 1, 2)))).toBe("b a* c!");
    expect(onwards(three, move("c", 1, 3))).toBe(three);
    const two = onwards(three, beside("d"));
    expect(drawn(onwards(two, move("a", 2, 0)))).toBe("b c*|a* d!");
    expect(drawn(onwards(two, move("d", 1, 1)))).toBe("a d* b c!");
  });

  it("WI3 opens a tab in the pane that is looked at, after the one in front", () => {
    expect(drawn(after(open("a"), open("b"), { type: "choose", key: key("a") }, open("c")))).toBe("a c* b!");
  });

  it("WI3 moves a tab into a pane of its own, on any side", () => {
    const two = after(open("a"), open("b"));
    const out = (side: "left" | "right" | "above" | "below"): string => drawn(onwards(two, { type: "move_out", key: key("b"), pane: 1, side }));
    expect(out("right")).toBe("a*|b*!");
    expect(out("left")).toBe("b*!|a*");
    expect(out("below")).toBe("a*/b*!");
    expect(out("above")).toBe("b*!/a*");
  });

  it("WI4 opens beside what is read, and never in its place", () => {
    expect(drawn(after(open("a"), beside("b")))).toBe("a*|b*!");
    expect(drawn(after(open("a"), open("b"), beside("a")))).toBe("b*|a*!");
    expect(drawn(after(beside("a")))).toBe("a*!");
  });

  it("WI5 gives the tabs of a closed pane, in their order, to the oldest other pane", () => {
    const three = after(open("a"), beside("b"), open("c"), beside("d"), { type: "choose", key: key("b") });
    expect(drawn(three)).toBe("a*|b* c!|d*");
    expect(drawn(onwards(three, closePane(2)))).toBe("a* b c!|d*");
    expect(drawn(onwards(three, closePane(1)))).toBe("b* c a!|d*");
    const moved = onwards(three, { type: "split", pane: 1, side: "left" }, closePane(3));
    expect(drawn(moved)).toBe("-!|a* d|b* c");
    expect(closePane(1) && reduce(after(open("a")), closePane(1))).toEqual(after(open("a")));
  });

  it("WI6 brings back what was closed last, first, and then it is nowhere else", () => {
    const two = after(open("a"), beside("b"), open("c"));
    const closed = onwards(two, closePane(2));
    expect(drawn(closed)).toBe("a* b c!");
    expect(drawn(onwards(closed, reopen))).toBe("a*|b c*!");
    const tabs = after(open("a"), open("b"), open("c"), close("b"), close("a"));
    expect(drawn(tabs)).toBe("c*!");
    expect(drawn(onwards(tabs, reopen))).toBe("a* c!");
    expect(drawn(onwards(tabs, reopen, reopen))).toBe("a b* c!");
    expect(reduce(after(open("a")), reopen)).toEqual(after(open("a")));
  });

  it("WI6 remembers ten, also over a reload, and brings a pane back as a pane", () => {
    const many = Array.from({ length: 14 }, (_, at) => `s${at}`);
    const closed = after(...many.map(open), ...many.map(close));
    expect(closed.closed).toHaveLength(MOST_CLOSED);
    const again = many.reduce((layout) => reduce(layout, reopen), read(write(closed)));
    expect(chatsOf(panesOf(again)[0]?.tabs ?? []).map(({ session }) => session).toSorted()).toEqual(many.slice(4).toSorted());
    const last = after(open("a"), beside("b"), close("b"));
    expect(drawn(last)).toBe("a*!");
    expect(drawn(onwards(last, reopen))).toBe("a*|b*!");
  });

  it("WI6 brings a pane back where the panes are five already, as tabs", () => {
    const full = after(open("a"), beside("b"), closePane(2), beside("c"), beside("d"), beside("e"), beside("f"));
    expect(drawn(onwards(full, reopen))).toBe("a b*!|c*|d*|e*|f*");
  });

  it("WI10 forgets what is not there any more, and the panes that only had that", () => {
    const gone = (...sessions: string[]): Action => ({ type: "prune", gone: (tab) => tab.kind === "chat" && sessions.includes(tab.session) });
    const three = after(open("a"), open("b"), beside("c"), close("a"));
    expect(drawn(onwards(three, gone("c")))).toBe("b*!");
    expect(drawn(onwards(three, gone("a"), reopen))).toBe("b*|c*!");
    expect(drawn(onwards(three, gone("b", "c")))).toMatch(/^-!$/);
    expect(reduce(three, gone("z"))).toBe(three);
  });

  it("WI12 moves a border between two panes, and none becomes too small to read", () => {
    const three = after(open("a"), beside("b"), beside("c"));
    const shares = (layout: Layout): number[] => layout.columns.map(({ share }) => share);
    expect(shares(three)).toEqual([0.3333, 0.3333, 0.3333]);
    const border = { column: null, index: 0 };
    expect(shares(onwards(three, { type: "resize", border, first: 0.6 }))).toEqual([0.4, 0.2666, 0.3333]);
    for (const first of [0, 1, -3, 9]) expect(Math.min(...shares(onwards(three, { type: "resize", border, first })))).toBe(LEAST_SHARE);
    expect(onwards(three, { type: "resize", border, first: NaN })).toEqual(three);
  });

  it("WI12 folds a pane and gives it back as large as it was; one always stays open", () => {
    const two = after(open("a"), beside("b"), { type: "resize", border: { column: null, index: 0 }, first: 0.7 });
    const folded = onwards(two, { type: "fold", pane: 2 });
    expect(drawn(folded)).toBe("a*!|b*~");
    expect(folded.columns.map(isStrip)).toEqual([false, true]);
    expect(reduce(folded, { type: "fold", pane: 1 })).toBe(folded);
    expect(onwards(folded, { type: "unfold", pane: 2 }).columns).toEqual(two.columns);
    expect(drawn(onwards(folded, open("b")))).toBe("a*|b*!");
    expect(drawn(onwards(folded, closePane(1)))).toBe("b* a!");
  });

  it("WI1 WI2 WI6 hold after anything that people do, and the same text is read back", () => {
    for (let seed = 1; seed <= 40; seed++) {
      const random = numbers(seed);
      let layout = FRESH;
      for (let step = 0; step < 120; step++) {
        const action = anyAction(random, layout);
        const before = layout;
        layout = reduce(layout, action);
        isWhole(layout, `seed ${seed}, step ${step}: ${JSON.stringify(action)}`);
        if (!["close_tab", "prune"].includes(action.type)) keepsItsTabs(before, layout);
      }
      expect(read(write(layout))).toEqual(layout);
    }
  });

  it("reads what it can of a layout that something else has written", () => {
    const made = (columns: unknown): Layout => read(JSON.stringify({ v: 1, columns, focus: 9, closed: [{ from: 1 }, null] }));
    const tabs = [chat("a"), chat("a"), { kind: "hologram" }, null];
    expect(drawn(made([{ share: -4, panes: [{ id: 3, tabs, folded: true }, { id: 3 }, 7] }, { panes: [] }]))).toBe("a*!");
    isWhole(made([{ panes: [1, 2, 3, 4, 5, 6, 7].map((id) => ({ id, tabs: [chat(`s${id}`)], share: 1e9 * id })) }]), "seven");
    for (const text of [null, "", "{", "[]", '{"v":2}', '{"v":1}', '{"v":1,"columns":[]}']) expect(read(text)).toEqual(FRESH);
  });
});

/** What must hold, whatever has happened. Plain comparisons: there are thousands of them. */
function isWhole(layout: Layout, when: string): void {
  const panes = panesOf(layout);
  const keys = panes.flatMap(({ tabs }) => tabs.map(tabKey));
  const ids = panes.map(({ id }) => id);
  const rows = [layout.columns, ...layout.columns.map((column) => column.panes)].map((row) => row.map(({ share }) => share));
  const facts = {
    "one to five panes": panes.length >= 1 && panes.length <= MOST_PANES,
    "no empty column": layout.columns.every((column) => column.panes.length > 0),
    "each tab once": new Set(keys).size === keys.length,
    "each pane once": new Set(ids).size === ids.length && Math.max(...ids) < layout.nextPane,
    "focus on an open pane": panes.find(({ id }) => id === layout.focus)?.folded === false,
    "a tab in front": panes.every(({ tabs, active }) => (active === null ? tabs.length === 0 : tabs.map(tabKey).includes(active))),
    "the parts are the whole": rows.every((row) => Math.abs(row.reduce((sum, share) => sum + share, 0) - 1) < 0.005),
    "room to read": rows.every((row) => Math.min(...row) > LEAST_SHARE - 0.01),
    "ten closed at most": layout.closed.length <= MOST_CLOSED,
  };
  for (const [fact, holds] of Object.entries(facts)) if (!holds) throw new Error(`${fact}: not after ${when}`);
}

function keepsItsTabs(before: Layout, after: Layout): void {
  const now = new Set(panesOf(after).flatMap(({ tabs }) => tabs.map(tabKey)));
  const lost = panesOf(before).flatMap(({ tabs }) => tabs.map(tabKey)).filter((one) => !now.has(one));
  if (lost.length > 0) throw new Error(`${lost.join()} got lost`);
}

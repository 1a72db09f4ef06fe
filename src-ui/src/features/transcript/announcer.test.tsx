import { act, cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { call, closed, earlier, failed, said, taken, type Said } from "../../../dev/events";
import type { CannedLink } from "../../../dev/canned-link";
import { ADA, BEA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { turn, view } from "../../../dev/room";
import { logged, NOW } from "../../../dev/scene";
import { HandClock } from "../../state/testing/hand-clock";
import { Announcer } from "./announcer";
import { inShort } from "./in-short";

afterEach(cleanup);

const request = { tool: "bash", kind: "execute" as const, title: "Apply the migration", command: "sqlite3 a", directory: ".", diffs: [] };
const running = view(ADA, { stop: true }, { turn: turn(BEA) });
const before = earlier(NOW);

async function listen() {
  const clock = new HandClock();
  const link = await renderRoom({ view: running, events: before, clock }, (room) => <Announcer room={room} />);
  return { clock, link };
}

/** What follows in the log. */
function goOn(link: CannedLink, all: Said[], more: Said[]) {
  const events = logged([...all, ...more]).slice(all.length);
  act(() => link.tell({ method: "events", params: { stream: "session:s1", prev: all.length, events } }));
}
const pass = (clock: HandClock, span: number) => act(() => clock.pass(span));
const polite = () => screen.getByRole("status").textContent;
const urgent = () => screen.getByRole("alert").textContent;

describe("who can't see the transcript", () => {
  it("WI41 hears nothing of what was there, and each message once it is whole", async () => {
    const { clock, link } = await listen();
    pass(clock, 10_000);
    expect(polite()).toBe("");
    const signal = { kind: "delta" as const, turn: "t1", item: "m-t1-3", thought: false, n: 1, text: "The table" };
    act(() => link.tell({ method: "signal", params: { stream: "session:s1", signal } }));
    pass(clock, 10_000);
    expect(polite()).toBe("");
    goOn(link, before, [said("t1", 3, "The **table** is in. Reads come next.")]);
    pass(clock, 500);
    expect(polite()).toBe("The table is in.");
  });

  it("WI41 hears together what comes together, and then nothing for three seconds", async () => {
    const { clock, link } = await listen();
    const first = [call("t1", "i9", 5, "execute", "cargo test"), said("t1", 4, "One moment.")];
    goOn(link, before, first);
    goOn(link, [...before, ...first], [failed("t1", "i9", 3, "error")]);
    pass(clock, 499);
    expect(polite()).toBe("");
    pass(clock, 1);
    expect(polite()).toBe("One moment. A step failed: cargo test.");
    const all = [...before, ...first, failed("t1", "i9", 3, "error")];
    goOn(link, all, [closed("t1", 1, { kind: "completed" })]);
    pass(clock, 2_999);
    expect(polite()).toBe("");
    pass(clock, 1);
    expect(polite()).toBe("The turn is done.");
  });

  it("WI41 hears words that are gone a second later, and never what was taken back meanwhile", async () => {
    const { clock, link } = await listen();
    const first = [said("t1", 5, "The key is hunter2.")];
    goOn(link, before, first);
    pass(clock, 500);
    expect(polite()).toBe("The key is hunter2.");
    pass(clock, 999);
    expect(polite()).toBe("The key is hunter2.");
    pass(clock, 1);
    expect(polite()).toBe("");
    const all = [...before, ...first, said("t1", 4, "And hunter3.")];
    goOn(link, [...before, ...first], [said("t1", 4, "And hunter3.")]);
    goOn(link, all, [[3, { type: "redacted", seqs: [all.length], by: "ada" }, "ada"]]);
    pass(clock, 5_000);
    expect(polite()).toBe("");
  });

  it("WI41 hears nothing more of what is being said when something is taken back", async () => {
    const { clock, link } = await listen();
    const first = [said("t1", 5, "The key is hunter2.")];
    goOn(link, before, first);
    pass(clock, 500);
    expect(polite()).toBe("The key is hunter2.");
    goOn(link, [...before, ...first], [[3, { type: "redacted", seqs: [before.length + 1], by: "ada" }, "ada"]]);
    expect(polite()).toBe("");
  });

  it("WI41 hears at once what waits for them, and in its turn what waits for others", async () => {
    const { clock, link } = await listen();
    const asked = (permission: string, you_may: boolean) => ({ permission, turn: "t1", request, opened_at: NOW, you_may });
    const become = (permissions: ReturnType<typeof asked>[]) =>
      act(() => link.tell({ method: "view", params: { stream: "session:s1", seq: before.length, view: { ...running, permissions } } } as never));
    become([asked("p1", false)]);
    expect(urgent()).toBe("");
    pass(clock, 500);
    expect(polite()).toBe("Apply the migration: waits for the permission of others.");
    become([asked("p1", false), asked("p2", true)]);
    expect(urgent()).toBe("Apply the migration: waits for your permission.");
  });

  it("WI41 hears who got the lock and how a turn ended, and nothing of what they did", async () => {
    const { clock, link } = await listen();
    const mine: Said[] = [
      [9, { type: "driver_changed", turn: "t1", driver: "ada", reason: "taken_by_owner" }, "ada"],
      [8, { type: "turn_stopping", turn: "t1", by: "ada" }, "ada"],
      closed("t1", 7, { kind: "cancelled" }),
      ...taken("t2", 6, "ada", "Go on."),
      [5, { type: "driver_changed", turn: "t2", driver: "bea", reason: "handed_over" }, "ada"],
    ];
    goOn(link, before, mine);
    pass(clock, 500);
    expect(polite()).toBe("");
    const others: Said[] = [
      closed("t2", 4, { kind: "failed", reason: "The program ended", detail: "" }),
      ...taken("t3", 3, "bea", "Run the tests. Then rest."),
      [2, { type: "driver_changed", turn: "t3", driver: "ada", reason: "handed_over" }, "bea"],
    ];
    goOn(link, [...before, ...mine], others);
    pass(clock, 500);
    expect(polite()).toBe("The turn failed: The program ended. Bea drives and asks: Run the tests. You are driving.");
  });

  it("WI41 hears nothing of what they missed, nor of older pages", async () => {
    const { clock, link } = await listen();
    const whole = link.state;
    const become = (state: typeof whole) => act(() => (link as unknown as { become(state: typeof whole): void }).become(state));
    become({ kind: "dialling", attempt: 1 });
    become(whole);
    goOn(link, before, [said("t1", 3, "Missed.")]);
    pass(clock, 5_000);
    expect(polite()).toBe("");
    goOn(link, [...before, said("t1", 3, "Missed.")], [said("t1", 1, "Here again.")]);
    pass(clock, 500);
    expect(polite()).toBe("Here again.");
  });

  it("WI41 hears the newest four of many", async () => {
    const { clock, link } = await listen();
    goOn(link, before, [6, 5, 4, 3, 2, 1].map((ago) => said("t1", ago, `Part ${ago}.`)));
    pass(clock, 500);
    expect(polite()).toBe("2 more before that. Part 4. Part 3. Part 2. Part 1.");
  });

  it("WI41 hears a first sentence, or two hundred characters, without marks", () => {
    expect(inShort("## Done\n\n- It `works`")).toBe("Done It works");
    expect(inShort("See [the RFC](https://example.invalid/a.b). More.")).toBe("See the RFC.");
    expect(inShort("```rust\nfn a() {}\n```\nThat is it. Yes.")).toBe("That is it.");
    expect(inShort("word ".repeat(100)).length).toBeLessThanOrEqual(200);
  });
});

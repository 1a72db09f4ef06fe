import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AWAY } from "../../../dev/away";
import { earlier, joined, taken, type Said } from "../../../dev/events";
import { ADA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import { NOW } from "../../../dev/scene";
import { WhileAway } from "./while-away";

beforeEach(() => localStorage.clear());
afterEach(cleanup);

const events = earlier(NOW);
const draw = (digest = AWAY) =>
  renderRoom({ view: view(ADA, {}), events, replies: { digest: { kind: "digest", ...digest } } }, (room) => (
    <WhileAway room={room} session="s1" />
  ));
const asked = (link: Awaited<ReturnType<typeof draw>>) => link.asked.filter(({ method }) => method === "digest");

describe("while you were away", () => {
  it("sums up what followed the last thing seen, and shows it on demand", async () => {
    localStorage.setItem("conclave.seen.s1", "3");
    const link = await draw();
    expect(asked(link)).toEqual([{ method: "digest", params: { session: "s1", since: 3 } }]);
    await userEvent.click(await screen.findByRole("button", { name: /2 turns · 2 decisions · 2 files changed/ }));
    const list = (name: string) => within(screen.getByRole("list", { name })).getAllByRole("listitem").map((one) => one.textContent);
    expect(list("What was asked")).toEqual(["BBea: Split the storeDone", "CChen: Rename itRunning"]);
    expect(list("What was decided")).toEqual(["Plan approved: New table", "Bea allowed: Run the tests"]);
    await userEvent.click(screen.getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByText("While you were away")).toBeNull();
  });

  it("is silent on a first visit, and remembers from then on", async () => {
    const link = await draw();
    expect(asked(link)).toEqual([]);
    expect(localStorage.getItem("conclave.seen.s1")).toBe(String(events.length));
  });

  it("is silent when nothing of note went on", async () => {
    localStorage.setItem("conclave.seen.s1", "3");
    await draw({ ...AWAY, turns: [], decisions: [] });
    expect(screen.queryByText("While you were away")).toBeNull();
  });

  it("names what had begun before, as far as it stands in the transcript", async () => {
    localStorage.setItem("conclave.seen.s1", "3");
    const [plan] = AWAY.decisions;
    const [turn] = AWAY.turns;
    if (plan?.what.kind !== "plan" || !turn) throw new Error("the scene has changed");
    const long = { text: "# New table\n\n1. Make it", bytes: 22 };
    const events: Said[] = [
      ...joined(),
      ...taken("t9", 90, "bea", "Split the store\nand test it"),
      [80, { type: "ballot_opened", ballot: "b9", turn: "t9", plan: long, plan_hash: "f", electorate: { kind: "everyone", voters: ["ada"] } }],
    ];
    const digest = {
      ...AWAY,
      turns: [{ ...turn, turn: "t9", author: null, prompt: "" }, { ...turn, turn: "unknown", author: null, prompt: "" }],
      decisions: [{ ...plan, what: { ...plan.what, ballot: "b9", plan: "" } }],
      files: [],
    };
    await renderRoom({ view: view(ADA, {}), events, replies: { digest: { kind: "digest", ...digest } } }, (room) => (
      <WhileAway room={room} session="s1" />
    ));
    await userEvent.click(await screen.findByRole("button", { name: /2 turns · 1 decision/ }));
    const list = (name: string) => within(screen.getByRole("list", { name })).getAllByRole("listitem").map((one) => one.textContent);
    expect(list("What was asked")).toEqual(["BBea: Split the storeDone", "The turn that was runningDone"]);
    expect(list("What was decided")).toEqual(["Plan approved: New table"]);
  });
});

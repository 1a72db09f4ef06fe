import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AWAY } from "../../../dev/away";
import { earlier } from "../../../dev/events";
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
});

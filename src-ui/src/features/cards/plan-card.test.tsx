import { cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { PLAN } from "../../../dev/events";
import { ADA, BEA, CHEN, DANA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { turn, view } from "../../../dev/room";
import { long, NOW } from "../../../dev/scene";
import type { BallotView } from "../../gen/BallotView";
import type { ParticipantView } from "../../gen/ParticipantView";
import { Pinned } from "./pinned";

afterEach(cleanup);

const ballot: BallotView = {
  ballot: "b1",
  turn: "t1",
  plan: long(PLAN),
  plan_hash: "f".repeat(64),
  electorate: { kind: "everyone", voters: ["bea", "chen", "ada"] },
  voters: [
    { person: "bea", choice: { kind: "approve" }, away: false },
    { person: "chen", choice: null, away: true },
    { person: "ada", choice: null, away: false },
  ],
  opened_at: NOW,
  you_may: true,
  you_may_override: false,
  waiting_for: [],
};
const vote = { session: "s1", ballot: "b1", plan: ballot.plan_hash };

function draw(you: ParticipantView, change: Partial<BallotView> = {}) {
  const shown = view(you, {}, { turn: turn(BEA, { phase: "awaiting" }), ballots: [{ ...ballot, ...change }] });
  return renderRoom({ view: shown }, (room) => <Pinned room={room} session="s1" />);
}
const button = (name: string) => screen.getByRole("button", { name });

describe("an open plan", () => {
  it("BA3 lets a voter approve the plan they read", async () => {
    const link = await draw(ADA);
    await userEvent.click(button("Approve"));
    expect(link.asked).toEqual([{ method: "vote", params: { ...vote, choice: { kind: "approve" } } }]);
  });

  it("BA3 sends the reason with a request for changes, and not without one", async () => {
    const link = await draw(ADA);
    await userEvent.click(button("Ask for changes"));
    expect(button("Send to the agent")).toHaveProperty("disabled", true);
    await userEvent.type(screen.getByRole("textbox"), "Keep the old column.");
    await userEvent.click(button("Send to the agent"));
    const choice = { kind: "deny", reason: "Keep the old column." };
    expect(link.asked).toEqual([{ method: "vote", params: { ...vote, choice } }]);
  });

  it("WI31 is approved by y, and n asks for the reason, in which both are letters", async () => {
    const link = await draw(ADA);
    button("Approve").focus();
    await userEvent.keyboard("y");
    expect(link.asked).toEqual([{ method: "vote", params: { ...vote, choice: { kind: "approve" } } }]);
    button("Approve").focus();
    await userEvent.keyboard("n");
    expect(document.activeElement).toBe(screen.getByRole("textbox"));
    await userEvent.keyboard("ny");
    expect(screen.getByRole("textbox")).toHaveProperty("value", "ny");
    expect(link.asked).toHaveLength(1);
  });

  it("BA3 shows what somebody wants changed while the plan is open", async () => {
    const denied = { person: "chen", choice: { kind: "deny" as const, reason: "Keep the old column." }, away: false };
    await draw(ADA, { voters: [denied] });
    expect(screen.getByText("Chen: Keep the old column.")).toBeTruthy();
  });

  it("BA4 late joiners see no buttons and are said to observe", async () => {
    await draw(DANA, { you_may: false });
    expect(screen.queryByRole("button", { name: /Approve|Ask for changes/ })).toBeNull();
    expect(screen.getByText("You observe")).toBeTruthy();
    expect(screen.getByText("New table")).toBeTruthy();
  });

  it("BA5 says whom it waits for and lets only the owner go on without them", async () => {
    const link = await draw(ADA, { waiting_for: ["chen"] });
    expect(screen.getByText("waiting for Chen")).toBeTruthy();
    await userEvent.click(button("Go on without Chen"));
    const params = { session: "s1", ballot: "b1", person: "chen" };
    expect(link.asked).toEqual([{ method: "go_on_without_voter", params }]);
    cleanup();
    await draw(BEA, { waiting_for: ["chen"] });
    expect(screen.queryByRole("button", { name: "Go on without Chen" })).toBeNull();
  });

  it("BA6 lets who has approved still ask for changes", async () => {
    const voters = [{ person: "ada", choice: { kind: "approve" as const }, away: false }];
    await draw(ADA, { voters });
    expect(button("You approved")).toHaveProperty("disabled", true);
    expect(button("Ask for changes")).toBeTruthy();
  });

  it("BA7 overrides only with a reason, and offers it only where the host allows it", async () => {
    await draw(ADA);
    expect(screen.queryByRole("button", { name: "Override" })).toBeNull();
    cleanup();
    const link = await draw(ADA, { you_may_override: true });
    await userEvent.click(button("Override"));
    expect(button("Approve anyway")).toHaveProperty("disabled", true);
    await userEvent.type(screen.getByRole("textbox"), "Chen is on a plane.");
    await userEvent.click(button("Approve anyway"));
    const params = { session: "s1", ballot: "b1", verdict: "approved", reason: "Chen is on a plane." };
    expect(link.asked).toEqual([{ method: "override_ballot", params }]);
  });

  it("BA11 shows the card without buttons to who does not decide", async () => {
    await draw(CHEN, { electorate: { kind: "any_decider" }, voters: [], you_may: false });
    expect(screen.getByText("Waits for Ada or Bea.")).toBeTruthy();
    expect(screen.queryByRole("button")).toBeNull();
  });

  it("shows every vote by face and name, and the count", async () => {
    await draw(ADA);
    const votes = within(screen.getByRole("list", { name: "Votes" })).getAllByRole("listitem");
    expect(votes.map((one) => one.textContent)).toEqual([
      "AYouhas not voted",
      "B Bea",
      "Cwaiting for Chenhas not voted",
      "DDana observes",
    ]);
    expect(within(votes[1] as HTMLElement).getByLabelText("Approved by")).toBeTruthy();
    expect(screen.getByText("1 of 3")).toBeTruthy();
  });
});

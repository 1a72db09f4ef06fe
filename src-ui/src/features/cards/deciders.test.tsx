import { cleanup, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { ADA, BEA, CHEN, DANA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { turn, view } from "../../../dev/room";
import { NOW } from "../../../dev/scene";
import type { ParticipantView } from "../../gen/ParticipantView";
import { Pinned } from "./pinned";

afterEach(cleanup);

const request = { tool: "bash", kind: "execute" as const, title: "Apply", command: "a", directory: ".", diffs: [] };
const permissions = [{ permission: "p1", turn: "t1", request, opened_at: NOW, you_may: false }];
const asked = { text: "Which?", fields: [] };
const questions = [{ question: "q1", turn: "t1", asked, electorate: { kind: "any_decider" as const }, answered: [], your_answers: null, waiting_for: [], opened_at: NOW, you_may: false }];
const away = (one: ParticipantView): ParticipantView => ({ ...one, presence: { kind: "away", until: NOW + 60_000 } });

function draw(roster: ParticipantView[], more: Parameters<typeof view>[2], stop = false) {
  const shown = view(DANA, { stop }, { turn: turn(CHEN, { phase: "awaiting" }), roster, ...more });
  return renderRoom({ view: shown }, (room) => <Pinned room={room} session="s1" />);
}

describe("a card that others settle", () => {
  it("WI36 names those who may and are here", async () => {
    await draw([ADA, BEA, CHEN, DANA], { permissions });
    expect(screen.getByText("Waits for Ada or Bea.")).toBeTruthy();
    cleanup();
    await draw([away(ADA), BEA, CHEN, DANA], { permissions });
    expect(screen.getByText("Waits for Bea.")).toBeTruthy();
    cleanup();
    await draw([ADA, { ...BEA, muted: true }, CHEN, DANA], { questions });
    expect(screen.getByText("Waits for Ada or Chen.")).toBeTruthy();
  });

  it("WI36 says whom it waits for when none of them is here, and how the turn goes on", async () => {
    await draw([away(ADA), CHEN, DANA], { permissions });
    expect(screen.getByText("Nobody who may settle this is here. It waits until Ada comes back.")).toBeTruthy();
    cleanup();
    await draw([CHEN, DANA], { permissions }, true);
    expect(screen.getByText("Nobody here may settle this. It waits until the owner or an approver comes. Or stop the turn.")).toBeTruthy();
  });
});

import { describe, expect, it } from "vitest";
import { DIRECTORY } from "../../../dev/directory";
import type { SessionRow } from "../../gen/SessionRow";
import type { SessionStatus } from "../../gen/SessionStatus";
import { ordered } from "./order";

describe("the side bar", () => {
  it("has one order, whatever the host's", () => {
    const { sessions, workspaces, repositories } = DIRECTORY;
    const turned = {
      ...DIRECTORY,
      sessions: sessions.toReversed(),
      workspaces: workspaces.toReversed(),
      repositories: repositories.toReversed(),
    };
    expect(ordered(turned, () => false)).toEqual(ordered(DIRECTORY, () => false));
    expect(ordered(turned, () => false).repositories.map((one) => one.name)).toEqual(["ledger", "website"]);
  });

  it("WI32 has what needs this person above what runs, that above what is unread, and that above the others", () => {
    const row = (number: number, status: SessionStatus) => ({ ...(DIRECTORY.sessions[0] as SessionRow), session: `n${number}`, number, status });
    const sessions = [row(1, "needs_you"), row(2, "idle"), row(3, "idle"), row(4, "running"), row(5, "needs_others"), row(6, "ended"), row(7, "needs_you")];
    const found = ordered({ ...DIRECTORY, sessions }, (session) => session === "n2");
    expect(found.sessions.map(({ number }) => number)).toEqual([7, 1, 5, 4, 2, 6, 3]);
  });
});

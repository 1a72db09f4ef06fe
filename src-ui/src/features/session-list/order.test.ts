import { describe, expect, it } from "vitest";
import { DIRECTORY } from "../../../dev/directory";
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
    expect(ordered(turned)).toEqual(ordered(DIRECTORY));
    const numbers = ordered(turned).sessions.map((row) => row.number);
    expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
    expect(ordered(turned).repositories.map((one) => one.name)).toEqual(["ledger", "website"]);
  });
});

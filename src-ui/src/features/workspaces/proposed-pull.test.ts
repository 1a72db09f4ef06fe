import { expect, it } from "vitest";
import type { WorkCommit } from "../../gen/WorkCommit";
import { proposedPull } from "./proposed-pull";

const commit = (message: string, reverted = false): WorkCommit => ({ commit: "a".repeat(40), message, by: "p", reverted });

it("WI29 proposes the last approval as title and all of them as body, without what was reverted", () => {
  expect(proposedPull("tokens", [commit("One\n\nWhy one.\n"), commit("Two", true), commit(`${"T".repeat(299)}`)])).toEqual({
    title: "T".repeat(256),
    body: `- One\n\n  Why one.\n- ${"T".repeat(299)}`,
  });
  expect(proposedPull("tokens", [])).toEqual({ title: "tokens", body: "" });
});

// @vitest-environment node
import { expect, it } from "vitest";
import { titleOf, titleWords } from "./session-title";

it("HA5 calls a session without a title a new one, and a broken one by its number", () => {
  expect(titleWords(" ")).toBe("New session");
  expect(titleOf({ title: "", status: "idle", number: 4 })).toBe("New session");
  expect(titleOf({ title: "Split it", status: "idle", number: 4 })).toBe("Split it");
  expect(titleOf({ title: "", status: "broken", number: 4 })).toContain("4");
});

import { describe, expect, it } from "vitest";
import { recalled } from "./recall";

const mine = ["first", "second", "third"];

describe("what one asked before", () => {
  it("comes back from an empty box, and then the one before", () => {
    expect(recalled(mine, "", -1)).toBe("third");
    expect(recalled(mine, "third", -1)).toBe("second");
    expect(recalled(mine, "first", -1)).toBeNull();
    expect(recalled([], "", -1)).toBeNull();
  });

  it("goes on to the one after, and back to an empty box", () => {
    expect(recalled(mine, "first", 1)).toBe("second");
    expect(recalled(mine, "third", 1)).toBe("");
    expect(recalled(mine, "", 1)).toBeNull();
  });

  it("leaves the keys to a text that somebody has written or changed", () => {
    expect(recalled(mine, "third, but better", -1)).toBeNull();
    expect(recalled(mine, "half a thought", 1)).toBeNull();
  });
});

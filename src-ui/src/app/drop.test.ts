import { describe, expect, it } from "vitest";
import { halfOf, placeAmong, sideOf } from "./drop";

const box = { left: 100, top: 50, width: 400, height: 200 };

describe("where a dragged tab would go", () => {
  it("WI2 comes before the tab whose middle is right of the pointer, or last", () => {
    const tabs = [0, 100, 200].map((left) => ({ left, top: 0, width: 100, height: 36 }));
    expect([0, 49, 51, 149, 251, 900].map((x) => placeAmong(tabs, x))).toEqual([0, 0, 1, 1, 3, 3]);
    expect(placeAmong([], 5)).toBe(0);
  });

  it("WI3 goes into the middle of a pane, or beside it near a border", () => {
    expect(sideOf(box, 300, 150)).toBeNull();
    expect(sideOf(box, 130, 150)).toBe("left");
    expect(sideOf(box, 480, 150)).toBe("right");
    expect(sideOf(box, 300, 60)).toBe("above");
    expect(sideOf(box, 300, 240)).toBe("below");
    expect(halfOf(box, "right")).toEqual({ left: 300, top: 50, width: 200, height: 200 });
    expect(halfOf(box, "above")).toEqual({ left: 100, top: 50, width: 400, height: 100 });
  });
});

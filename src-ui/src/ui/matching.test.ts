import { describe, expect, it } from "vitest";
import { matching } from "./matching";

const all = ["Split the session store", "Migrate the tests", "Settings", "Text size: larger", "Theme: dark", "Split right"];
const found = (looked: string) => matching(all, looked, (one) => one);

describe("what fits what is looked for", () => {
  it("is everything in its order where nothing is", () => {
    expect(found("  ")).toEqual(all);
  });

  it("has beginnings of words before middles, and the shorter before the longer", () => {
    expect(found("split")).toEqual(["Split right", "Split the session store"]);
    expect(found("set")[0]).toBe("Settings");
    expect(found("dark theme")).toEqual(["Theme: dark"]);
  });

  it("takes the first letters of words, and not letters scattered by chance", () => {
    expect(found("mtt")).toEqual(["Migrate the tests"]);
    expect(found("zz")).toEqual([]);
    expect(found("ieet")).toEqual([]);
  });
});

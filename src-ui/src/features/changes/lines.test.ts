import { describe, expect, it } from "vitest";
import { FILE_CHANGE } from "../../../dev/changes";
import type { Lines } from "../../state/line-comments";
import { lineAt, reaching, standing, textsAt } from "./lines";

const HUNKS = FILE_CHANGE.body.kind === "text" ? FILE_CHANGE.body.hunks : [];
const on = (side: Lines["side"], from: number, to: number): Lines => ({ path: "src/session/store.rs", side, from, to, texts: textsAt(HUNKS, side, from, to) ?? [] });
const line = (key: string) => lineAt(HUNKS, key) ?? expect.fail(`no line is ${key}`);

describe("lines that are commented on", () => {
  it("CH4 a line that was removed is of the old text, all else of the new one", () => {
    expect(line("old 13").how).toBe("removed");
    expect(line("new 13").how).toBe("added");
    expect(line("new 12").how).toBe("same");
    expect(lineAt(HUNKS, "old 12")).toBeNull();
  });

  it("CH4 takes a range of one side, as far as all of it is in view", () => {
    expect(reaching(HUNKS, on("new", 13, 13), line("new 15"))).toMatchObject({ from: 13, to: 15, texts: { length: 3 } });
    expect(reaching(HUNKS, on("new", 15, 15), line("new 12"))).toMatchObject({ from: 12, to: 15 });
    expect(reaching(HUNKS, on("new", 13, 15), line("new 14"))).toMatchObject({ from: 13, to: 14 });
    expect(reaching(HUNKS, on("old", 13, 13), line("new 15"))).toBeNull();
    expect(reaching(HUNKS, on("new", 13, 13), line("new 58"))).toBeNull();
  });

  it("CH4 knows a line that says something else by now, and one that is not in view", () => {
    const one = on("new", 14, 15);
    expect(standing(HUNKS, one)).toBe("here");
    expect(standing(HUNKS, { ...one, texts: ["another", one.texts[1] ?? ""] })).toBe("changed");
    expect(standing(HUNKS, { ...one, from: 400, to: 401 })).toBe("unseen");
  });
});

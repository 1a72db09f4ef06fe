import { describe, expect, it } from "vitest";
import type { ChangeLine } from "../../gen/ChangeLine";
import { paired, words } from "./paired";

const line = (how: ChangeLine["how"], text: string): ChangeLine => ({ how, text, old: null, new: null, open_end: false, cut: 0 });
const texts = (lines: readonly ChangeLine[]) => paired(lines).map((pair) => [pair.old?.text ?? null, pair.new?.text ?? null]);

describe("lines side by side", () => {
  it("CH1 puts what was added beside what it took the place of", () => {
    expect(texts([line("same", "a"), line("removed", "b"), line("removed", "c"), line("added", "B"), line("same", "d"), line("added", "e")])).toEqual([
      ["a", "a"],
      ["b", "B"],
      ["c", null],
      ["d", "d"],
      [null, "e"],
    ]);
  });

  it("CH1 keeps two changes that touch apart", () => {
    expect(texts([line("removed", "a"), line("added", "A"), line("removed", "b"), line("added", "B")])).toEqual([
      ["a", "A"],
      ["b", "B"],
    ]);
  });

  it("CH1 marks the words that differ, and none of lines that have nothing in common", () => {
    const pair = { old: line("removed", "return greet(name);"), new: line("added", "return greet(given);") };
    expect(words(pair).old.filter(([changed]) => changed)).toEqual([[true, "name"]]);
    expect(words(pair).new.filter(([changed]) => changed)).toEqual([[true, "given"]]);
    const apart = { old: line("removed", "import a"), new: line("added", "const store = open()") };
    expect(words(apart).old).toEqual([[false, "import a"]]);
  });
});

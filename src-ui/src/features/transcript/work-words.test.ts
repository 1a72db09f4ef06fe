import { describe, expect, it } from "vitest";
import type { Deed } from "../../gen/Deed";
import { workWords } from "./work-words";

const commit = "ab12cd3".padEnd(40, "0");
const edge = { session: "s", turn: "t", author: "p", agent: "claude-code" };

const SAID: [Deed, string][] = [
  [{ kind: "committed", commit, message: "Split the store\n\nIn two.", files: 3 }, "Bea approved 3 files: Split the store (ab12cd3)"],
  [{ kind: "committed", commit, message: "", files: 1 }, "Bea approved 1 file (ab12cd3)"],
  [{ kind: "rejected", files: 2, undo: 4 }, "Bea took back 2 files"],
  [{ kind: "reverted", of: commit, commit: "f".repeat(40), undo: 4 }, "Bea took back what was approved in ab12cd3 (fffffff)"],
  [{ kind: "restored", checkpoint: 3, of: { ...edge, edge: "before" }, undo: 4 }, "Bea put the files back to before a turn"],
  [{ kind: "restored", checkpoint: 3, of: { ...edge, edge: "after" }, undo: 4 }, "Bea put the files back to the end of a turn"],
  [{ kind: "restored", checkpoint: 3, of: null, undo: 4 }, "Bea put the files back as they were kept earlier"],
  [{ kind: "applied", onto: "main", commit }, "Bea applied the work to main (ab12cd3)"],
  [{ kind: "brought_in", from: "main", base: "b", commit, conflicts: [] }, "Bea brought main into the workspace"],
  [{ kind: "brought_in", from: "main", base: "b", commit, conflicts: ["a"] }, "Bea began to bring main into the workspace: 1 file in conflict"],
  [{ kind: "merged", commit }, "Bea finished the merge (ab12cd3)"],
  [{ kind: "merge_left", undo: 9 }, "Bea took the merge back"],
  [{ kind: "wrote", path: "a.rs" }, "Bea changed a.rs by hand"],
  [{ kind: "renamed", name: "tokens", branch: "c/tokens" }, "Bea renamed the workspace to “tokens” (branch c/tokens)"],
  [{ kind: "archived" }, "Bea archived the workspace"],
  [{ kind: "pushed", remote: "origin" }, "Bea pushed the branch to origin"],
  [{ kind: "asked", address: "https://host/pull/7" }, "Bea opened a pull request: https://host/pull/7"],
  [{ kind: "returned" }, "Bea took the workspace out of the archive"],
];

describe("what was done with the work", () => {
  it.each(SAID)("RO5 is told in a sentence: %#", (deed, sentence) => {
    expect(workWords("Bea", deed)).toBe(sentence);
  });

  it("PA10 says that there is something this page does not know", () => {
    expect(workWords("Bea", { kind: "polished" } as never)).toBe("Something this page does not know yet: polished");
  });
});

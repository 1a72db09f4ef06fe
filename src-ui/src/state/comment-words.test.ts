import { describe, expect, it } from "vitest";
import { commentBlock } from "./comment-words";
import type { LineComment } from "./line-comments";

const one = (more: Partial<LineComment>): LineComment => ({ id: "1", path: "a.ts", side: "new", from: 3, to: 3, texts: ["  go();"], text: "Why?", ...more });

describe("comments behind a prompt", () => {
  it("CH4 says the file, the lines, their side, what stands there, and the comment", () => {
    const block = commentBlock([
      one({ path: "b.ts", side: "old", from: 7, to: 8, texts: ["was();", ""], text: "Keep this.\nIt is used." }),
      one({ from: 9, to: 9, texts: ["end();"], text: "Never reached." }),
      one({}),
    ]);
    expect(block).toBe(
      [
        "Comments on lines of the changes:",
        "a.ts",
        "Line 3:\n>   go();\nWhy?",
        "Line 9:\n> end();\nNever reached.",
        "b.ts",
        "Lines 7 to 8, before the change:\n> was();\n> \nKeep this.\nIt is used.",
      ].join("\n\n"),
    );
  });

  it("CH4 says nothing of nothing", () => {
    expect(commentBlock([])).toBe("");
  });
});

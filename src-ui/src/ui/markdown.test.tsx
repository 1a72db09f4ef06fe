import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { blocks } from "./blocks";
import { Markdown } from "./markdown";

afterEach(cleanup);

const draw = (text: string) => render(<Markdown text={text} />).container;

describe("Markdown of agents and guests", () => {
  it("PA12 shows raw HTML as text and makes no element of it", () => {
    const at = draw('<img src=x onerror="alert(1)"> <script>alert(2)</script>\n\n<iframe src="https://a.example"></iframe>');
    expect(at.querySelector("img, script, iframe")).toBeNull();
    expect(at.textContent).toContain("<script>alert(2)</script>");
  });

  it.each(["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "//a.example", "/join"])(
    "PA12 gives %s no link",
    (address) => {
      expect(draw(`[press](<${address}>)`).querySelector("[href]")).toBeNull();
      expect(screen.getByText("press")).toBeTruthy();
    },
  );

  it("PA12 opens links in a new tab that knows nothing of this page", () => {
    const link = draw("[press](https://a.example/b)").querySelector("a");
    expect(link?.getAttribute("href")).toBe("https://a.example/b");
    expect(link?.getAttribute("target")).toBe("_blank");
    expect(link?.getAttribute("rel")).toBe("noopener noreferrer");
  });

  it("PA12 fetches no picture and offers its address instead", () => {
    const at = draw("![a chart](https://a.example/chart.png) ![](data:image/png;base64,AAAA)");
    expect(at.querySelector("img")).toBeNull();
    expect(screen.getByRole("link", { name: "Picture: a chart" })).toBeTruthy();
    expect(screen.getByText("Picture: without a name").tagName).toBe("SPAN");
  });

  it("draws tables, to-do lists and an unfinished fence", () => {
    const at = draw("| a | b |\n| - | - |\n| 1 | 2 |\n\n- [x] done\n\n```rust\nfn main() {");
    expect(at.querySelectorAll("td")).toHaveLength(2);
    expect(at.querySelector<HTMLInputElement>("input")?.disabled).toBe(true);
    expect(at.querySelector("pre")?.textContent).toContain("fn main() {");
  });
});

describe("blocks", () => {
  it("cuts at blank lines, not within fences or lists", () => {
    expect(blocks("one\n\ntwo")).toEqual(["one", "two"]);
    expect(blocks("```\na\n\nb\n```\n\nafter")).toEqual(["```\na\n\nb\n```", "after"]);
    expect(blocks("1. a\n\n2. b\n\n   more")).toEqual(["1. a\n\n2. b\n\n   more"]);
    expect(blocks("````\n```\n\nx\n````\n\ny")).toEqual(["````\n```\n\nx\n````", "y"]);
  });

  it("keeps all blocks but the last while text streams in", () => {
    const text = "First.\n\nSecond **bold**.\n\n```\ncode\n\nmore\n```\n\nThird.";
    let before: string[] = [];
    for (let end = 1; end <= text.length; end++) {
      const now = blocks(text.slice(0, end));
      expect(now.slice(0, before.length - 1)).toEqual(before.slice(0, -1));
      before = now;
    }
    expect(before).toHaveLength(4);
  });
});

import { act, cleanup, render } from "@testing-library/react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Markdown } from "../markdown";
import { Highlighter, type Speaks } from "./highlighter";
import { piecesOf } from "./pieces";
import type { Asked, Told } from "./tone";

const RUST = 'fn main() {\n    // greets\n    println!("Hello");\n}\n';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Answers when it is told to. */
class Slow implements Speaks {
  onmessage: ((event: MessageEvent<Told>) => void) | null = null;
  onerror: unknown = null;
  readonly asked: Asked[] = [];
  postMessage(asked: Asked): void {
    this.asked.push(asked);
  }
  answer(): void {
    for (const { id, language, code } of this.asked.splice(0))
      this.onmessage?.(new MessageEvent("message", { data: { id, pieces: piecesOf(language, code) } }));
  }
}

describe("the colours of code", () => {
  it("are pieces that together are the code, whatever is in it", () => {
    for (const [language, code] of [["rust", RUST], ["html", "<b onclick='x'>&amp;</b>"], ["json", '{"a": [1, null]}'], ["diff", "-a\n+b"]] as const) {
      expect(piecesOf(language, code)?.map(([, text]) => text).join("")).toBe(code);
    }
    const tones = piecesOf("rust", RUST)?.filter(([tone]) => tone !== null);
    expect(tones).toContainEqual(["keyword", "fn"]);
    expect(tones).toContainEqual(["comment", "// greets"]);
    expect(tones).toContainEqual(["string", '"Hello"']);
    expect(piecesOf("klingon", RUST)).toBeNull();
  });

  it("are asked for once and remembered; without a worker code is plain", async () => {
    const slow = new Slow();
    const one = new Highlighter(() => slow);
    const first = one.ask("rust", RUST);
    expect(one.recall("rust", RUST)).toBeNull();
    slow.answer();
    expect((await first)?.length).toBeGreaterThan(3);
    await one.ask("rust", RUST);
    expect(slow.asked).toHaveLength(0);
    expect(one.recall("rust", RUST)).not.toBeNull();
    expect(await new Highlighter(() => null).ask("rust", RUST)).toBeNull();
    expect(await one.ask("rust", "x".repeat(100_000))).toBeNull();
  });

  it("leave code plain when the worker fails, and nobody waits for ever", async () => {
    const slow = new Slow();
    const one = new Highlighter(() => slow);
    const waits = one.ask("rust", RUST);
    (slow.onerror as () => void)();
    expect(await waits).toBeNull();
    expect(await one.ask("rust", "fn other() {}")).toBeNull();
  });

  it("never change a letter of what was written", async () => {
    const { container } = render(<Markdown text={`Look:\n\n\`\`\`rust\n${RUST}\`\`\`\n\nand \`inline\`.`} />);
    await act(async () => void vi.advanceTimersByTime(1_000));
    expect(container.querySelector("pre")?.textContent).toBe(RUST);
    expect(container.querySelectorAll("code")).toHaveLength(2);
  });
});

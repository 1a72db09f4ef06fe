import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useRef, useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FindWithin } from "./find-within";

afterEach(cleanup);

function Page({ lines, onClose = () => undefined }: { lines: readonly string[]; onClose?: () => void }) {
  const root = useRef<HTMLElement>(null);
  const [open, setOpen] = useState(true);
  return (
    <section ref={root}>
      <div role="group" tabIndex={0}>
        {lines.map((line, at) => (
          <code key={at} data-text>
            {/* As colours cut it. */}
            {line.split("|").map((piece, of) => <span key={of}>{piece}</span>)}
          </code>
        ))}
      </div>
      {open && <FindWithin label="Find" root={root} onClose={() => (setOpen(false), onClose())} />}
    </section>
  );
}
const here = () => [...document.querySelectorAll("[data-found]")].map((one) => one.textContent);
const LINES = ["pub f|n rotate", "nothing", "a fn and a fn", "the end"];

describe("words in shown lines", () => {
  it("WI39 are gone through by Enter, and back by Shift+Enter, from the first on", async () => {
    render(<Page lines={LINES} />);
    await userEvent.type(screen.getByRole("searchbox"), "FN");
    expect(await screen.findByText("1 of 3")).toBeTruthy();
    expect(here()).toEqual(["pub fn rotate"]);
    await userEvent.keyboard("{Enter}{Enter}");
    expect(screen.getByText("3 of 3")).toBeTruthy();
    expect(here()).toEqual(["a fn and a fn"]);
    await userEvent.keyboard("{Enter}");
    expect(screen.getByText("1 of 3")).toBeTruthy();
    await userEvent.keyboard("{Shift>}{Enter}{/Shift}");
    expect(screen.getByText("3 of 3")).toBeTruthy();
  });

  it("WI39 are found across pieces, and counted again when other lines come", async () => {
    const { rerender } = render(<Page lines={LINES} />);
    await userEvent.type(screen.getByRole("searchbox"), "fn rot");
    expect(await screen.findByText("1 of 1")).toBeTruthy();
    await act(async () => rerender(<Page lines={["fn rotate", ...LINES]} />));
    expect(await screen.findByText("1 of 2")).toBeTruthy();
  });

  it("WI39 are counted again when the text of a line changes", async () => {
    const { rerender } = render(<Page lines={LINES} />);
    await userEvent.type(screen.getByRole("searchbox"), "fn");
    expect(await screen.findByText("1 of 3")).toBeTruthy();
    await act(async () => rerender(<Page lines={["pub f|n rotate", "a fn now", "a fn and a fn", "the end"]} />));
    expect(await screen.findByText("1 of 4")).toBeTruthy();
  });

  it("WI39 are 5,000 at most, and said to be more", async () => {
    const painted = { add: vi.fn() };
    vi.stubGlobal("Highlight", function Highlight() { return painted; });
    vi.stubGlobal("CSS", { highlights: { set: vi.fn(), delete: vi.fn() } });
    render(<Page lines={["fn ".repeat(6_000)]} />);
    await userEvent.type(screen.getByRole("searchbox"), "fn");
    expect(await screen.findByText("1 of 5,000+")).toBeTruthy();
    expect(painted.add).toHaveBeenCalledTimes(5_000);
    cleanup();
    vi.unstubAllGlobals();
  });

  it("WI39 stand out no more after Escape, also from the lines themselves", async () => {
    const closed = vi.fn();
    render(<Page lines={LINES} onClose={closed} />);
    await userEvent.type(screen.getByRole("searchbox"), "end");
    await screen.findByText("1 of 1");
    fireEvent.keyDown(screen.getByRole("group"), { key: "Escape" });
    expect(closed).toHaveBeenCalledOnce();
    expect(here()).toEqual([]);
    expect(document.activeElement).toBe(screen.getByRole("group"));
  });
});

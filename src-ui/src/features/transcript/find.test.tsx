import { act, cleanup, render, renderHook, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { renderRoom } from "../../../dev/render";
import { SCENES } from "../../../dev/scenes";
import type { Scene } from "../../../dev/scene";
import { findIn } from "../../state/finding";
import { FindBar } from "../../ui/find-bar";
import { Transcript } from "./transcript";
import { foundIn } from "./found";
import type { Row } from "./rows";
import { useFurther, type Pages } from "./use-further";

beforeEach(() => vi.stubGlobal("ResizeObserver", class { observe() {} unobserve() {} disconnect() {} }));
afterEach(() => {
  act(() => findIn(null));
  cleanup();
  vi.unstubAllGlobals();
});

const prompt = (id: string, text: string): Row => ({ kind: "item", id, item: { kind: "prompt", id, text } as never });

describe("words that are looked for", () => {
  it("are found whatever their case, and not before there are two letters", () => {
    const rows = [prompt("a", "Split the Store"), prompt("b", "nothing"), prompt("c", "restore it")];
    expect(foundIn(rows, "STORE")).toEqual([0, 2]);
    expect(foundIn(rows, "s")).toEqual([]);
    const gone: Row = { kind: "item", id: "d", item: { kind: "prompt", takenBack: {}, text: "store" } as never };
    expect(foundIn([gone], "store")).toEqual([]);
  });

  it("are counted from the newest back, and looking stops where it began", async () => {
    const view = (SCENES["idle"] as Scene).snapshot?.view;
    if (!view) throw new Error("the scene has a room");
    await renderRoom({ view }, (room) => <Transcript room={room} session={view.session} card={() => null} />);
    expect(screen.queryByRole("search")).toBeNull();
    await act(async () => findIn(view.session));
    await userEvent.type(screen.getByRole("searchbox"), "zzzz");
    expect(await screen.findByText("Not found")).toBeTruthy();
    await userEvent.keyboard("{Escape}");
    expect(screen.queryByRole("search")).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole("log"));
  });
});

describe("what is further back", () => {
  const load = vi.fn();
  const pages = (first: number, more: Partial<Pages> = {}): Pages => ({ first, load, loading: false, whole: false, ...more });
  const draw = () => renderHook(({ open, older }: { open: boolean; older: Pages }) => useFurther(open, older), { initialProps: { open: true, older: pages(900) } });
  beforeEach(() => load.mockClear());

  it("WI38 is loaded page by page once that is asked for, until there is no more", () => {
    const { result, rerender } = draw();
    expect(load).not.toHaveBeenCalled();
    act(() => result.current?.toggle());
    expect(load).toHaveBeenCalledTimes(1);
    rerender({ open: true, older: pages(900, { loading: true }) });
    rerender({ open: true, older: pages(700, { loading: true }) });
    expect(load).toHaveBeenCalledTimes(1);
    rerender({ open: true, older: pages(700) });
    expect(load).toHaveBeenCalledTimes(2);
    rerender({ open: true, older: pages(1, { whole: true }) });
    expect(result.current).toBeNull();
    expect(load).toHaveBeenCalledTimes(2);
  });

  it("WI38 is left alone once the person stops, closes, or a page does not come", () => {
    const { result, rerender } = draw();
    act(() => result.current?.toggle());
    act(() => result.current?.toggle());
    rerender({ open: true, older: pages(700) });
    expect(load).toHaveBeenCalledTimes(1);
    act(() => result.current?.toggle());
    rerender({ open: true, older: pages(700, { loading: true }) });
    rerender({ open: true, older: pages(700) });
    expect(result.current?.searching).toBe(false);
    act(() => result.current?.toggle());
    expect(load).toHaveBeenCalledTimes(3);
    rerender({ open: false, older: pages(500) });
    expect(load).toHaveBeenCalledTimes(3);
  });

  it("WI38 makes the count one of so far, and says that it is searched", async () => {
    const toggle = vi.fn();
    const bar = (searching: boolean | null) => (
      <FindBar label="Find" at={2} count={2} older={searching === null ? null : { searching, toggle }} onLook={() => undefined} onStep={() => undefined} onClose={() => undefined} />
    );
    const { rerender } = render(bar(false));
    await userEvent.type(screen.getByRole("searchbox"), "store");
    expect(screen.getByText("2 of 2+")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Search older" }));
    expect(toggle).toHaveBeenCalledOnce();
    rerender(bar(true));
    expect(screen.getByText("Searching older…")).toBeTruthy();
    expect(screen.getByRole("button", { name: "Stop" })).toBeTruthy();
    rerender(bar(null));
    expect(screen.getByText("2 of 2")).toBeTruthy();
    expect(screen.queryByText("Searching older…")).toBeNull();
  });
});

import { act, cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { renderRoom } from "../../../dev/render";
import { SCENES } from "../../../dev/scenes";
import type { Scene } from "../../../dev/scene";
import { findIn } from "../../state/finding";
import { Transcript } from "./transcript";
import { foundIn } from "./found";
import type { Row } from "./rows";

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

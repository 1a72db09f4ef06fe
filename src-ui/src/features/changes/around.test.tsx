import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { renderOver } from "../../../dev/render";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import type { ChangeLine } from "../../gen/ChangeLine";
import { stayedIn, widened } from "./around";
import ChangesPage from "./changes-page";

afterEach(cleanup);

const same = (from: number, to: number): ChangeLine[] => Array.from({ length: to - from + 1 }, (_, at) => ({ how: "same", old: from + at, new: from + at, text: `${from + at}`, open_end: false, cut: 0 }));
const gone = (old: number): ChangeLine => ({ how: "removed", old, new: null, text: "gone", open_end: false, cut: 0 });
const numbers = (lines: readonly ChangeLine[]) => lines.map((line) => line.new);
const two = [
  { id: "a", lines: [gone(0), ...same(1, 3)] },
  { id: "b", lines: [...same(53, 55), gone(56), ...same(56, 58)] },
];

describe("what is around a change", () => {
  it("CH12 comes at both edges of one gap, until it is shut", () => {
    const stayed = stayedIn([{ id: "all", lines: same(1, 60) }]);
    const at = (wanted: [string, number][]) => widened({ hunks: two, context: 3, stayed, wanted: new Map(wanted) });
    const once = at([["b", 20]]);
    expect(once.places.map(({ hunk }) => hunk.lines.length)).toEqual([24, 27]);
    expect(once.places[1]?.above).toEqual({ key: "b", left: 9, more: true });
    expect(once.places[0]?.hunk.id, "decided about as before").toBe("a");
    const twice = at([["b", 40]]);
    expect(twice.places[1]?.above).toBeNull();
    expect(numbers([...(twice.places[0]?.hunk.lines ?? []), ...(twice.places[1]?.hunk.lines ?? [])]).filter(Boolean)).toEqual(numbers(same(1, 58)));
    expect(at([["end", 20]]).places[1]?.hunk.lines.length).toBe(9);
    expect([at([]).end?.key, at([["end", 20]]).end]).toEqual(["end", null]);
  });

  it("CH12 says how much is missing where a host tells no more of it", () => {
    const far = stayedIn([{ id: "all", lines: [...same(1, 5), ...same(52, 58)] }]);
    const { places, end } = widened({ hunks: two, context: 3, stayed: far, wanted: new Map([["b", 20]]) });
    expect(places[1]?.above).toEqual({ key: "b", left: 46, more: false });
    expect(end).toBeNull();
    expect(widened({ hunks: two.slice(0, 1), context: 4, stayed: null, wanted: new Map() }).end, "the file ends there").toBeNull();
  });

  it("CH12 is asked for when somebody wants it, and shown at that place only", async () => {
    const idle = SCENES["idle"] as Scene;
    await renderOver(new CannedLink(idle), <ChangesPage workspace="w1" />);
    await act(async () => {});
    await userEvent.click(within(screen.getByRole("navigation", { name: "Changed files" })).getByRole("button", { name: /store\.rs/ }));
    const file = within(screen.getByRole("region", { name: "src/session/store.rs" }));
    expect(file.getByRole("button", { name: "Show more here: 11 unchanged lines" })).toBeTruthy();
    await userEvent.click(file.getByRole("button", { name: "Show more here: 38 unchanged lines" }));
    expect(file.getByText("// 19: as it was")).toBeTruthy();
    expect(file.getByText("// 56: as it was")).toBeTruthy();
    expect(file.queryByText("// 11: as it was")).toBeNull();
    expect(document.activeElement?.getAttribute("data-hunks")).toBe("true");
    expect(file.getByRole("button", { name: "Comment on: Line 40" })).toBeTruthy();
  });
});

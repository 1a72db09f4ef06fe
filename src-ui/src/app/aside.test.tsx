import { act, cleanup, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { CHANGES } from "../../dev/changes";
import { failure } from "../../dev/files";
import { beginAnew, openWindow } from "../../dev/whole-window";
import "../features/changes/changes-aside";
import "../features/changes/changes-page";
import "../features/files/files-aside";
import "../features/files/files-page";
import { actOnLayout, getLayout, keepLayout, reloadLayout } from "../state/layout";
import { panesOf, tabKey } from "../state/layout/model";
import { showPage } from "../state/page";

beginAnew();

const at = (width: "min-width" | "max-width") =>
  vi.spyOn(window, "matchMedia").mockImplementation((query) => ({ matches: query.includes(width), addEventListener: () => undefined, removeEventListener: () => undefined }) as unknown as MediaQueryList);
const panel = (name: string) => within(screen.getByRole("complementary", { name }));
const tab = (name: RegExp) => within(screen.getByRole("tablist", { name: "At the side" })).getByRole("tab", { name });
const tabs = () => panesOf(getLayout()).flatMap((pane) => pane.tabs.map(tabKey));

describe("the panel at the right", () => {
  it("WI33 has changes, files and people, goes by the arrows, and what it has in front is kept with the layout", async () => {
    at("min-width");
    await openWindow("vote");
    expect(tab(/^People/).getAttribute("aria-selected")).toBe("true");
    tab(/^People/).focus();
    await userEvent.keyboard("{ArrowLeft}");
    expect(document.activeElement).toBe(tab(/^Files/));
    expect(await panel("Files").findByRole("tree", { name: "Files of this workspace at the side" })).toBeTruthy();
    await userEvent.keyboard("{Home}");
    expect(document.activeElement).toBe(tab(/^Changes/));
    expect(screen.getByRole("tabpanel", { name: /^Changes/ })).toBeTruthy();
    keepLayout();
    actOnLayout({ type: "aside", aside: "people" });
    reloadLayout();
    expect(getLayout().aside).toBe("changes");
  });

  it("WI33 says at its tabs how much changed, who is inside, and first of all who knocks", async () => {
    at("min-width");
    await openWindow("vote", { replies: { changes: CHANGES } });
    expect(await within(tab(/^Changes/)).findByText("7 changed")).toBeTruthy();
    expect(within(tab(/^People/)).getByText(/other.* inside/)).toBeTruthy();
    cleanup();
    await openWindow("knock");
    expect(within(tab(/^People/)).getByText(/knock/)).toBeTruthy();
  });

  it("WI33 is a key away, from the people and back, and lies over the page where there is no room beside", async () => {
    await openWindow();
    expect(screen.queryByRole("tablist", { name: "At the side" })).toBeNull();
    await userEvent.keyboard("{Control>}{Shift>}e{/Shift}{/Control}");
    expect(screen.getByRole("dialog", { name: "At the side" })).toBeTruthy();
    expect(tab(/^Files/).getAttribute("aria-selected")).toBe("true");
    await userEvent.click(screen.getByRole("button", { name: "Hide files" }));
    expect(screen.queryByRole("dialog", { name: "At the side" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Show people" }));
    expect(tab(/^People/).getAttribute("aria-selected")).toBe("true");
  });

  it("WI33 is laid down when a page takes the place of what it is of, and its key leads back from there first", async () => {
    await openWindow();
    const over = () => screen.queryByRole("dialog", { name: "At the side" });
    const turn = () => userEvent.keyboard("{Control>}{Alt>}b{/Alt}{/Control}");
    await turn();
    expect(over()).toBeTruthy();
    act(() => showPage("inbox"));
    expect(over()).toBeNull();
    act(() => showPage(null));
    expect(over()).toBeNull();
    act(() => showPage("inbox"));
    await turn();
    expect(screen.queryByRole("region", { name: "Inbox" })).toBeNull();
    expect(over()).toBeTruthy();
  });

  it("WI33 is laid down when there is room beside the middle, and does not come back when there is none again", async () => {
    let wide = false;
    const listeners = new Set<() => void>();
    vi.spyOn(window, "matchMedia").mockImplementation((query) => ({ matches: query.includes(wide ? "min-width" : "max-width"), addEventListener: (_: string, told: () => void) => listeners.add(told), removeEventListener: (_: string, told: () => void) => listeners.delete(told) }) as unknown as MediaQueryList);
    const become = (next: boolean) => act(() => {
      wide = next;
      for (const told of listeners) told();
    });
    await openWindow();
    await userEvent.keyboard("{Control>}{Alt>}b{/Alt}{/Control}");
    expect(screen.getByRole("dialog", { name: "At the side" })).toBeTruthy();
    become(true);
    become(false);
    expect(screen.queryByRole("dialog", { name: "At the side" })).toBeNull();
  });

  it("CH13 lists what changed with its sums, and a file that is pressed is read in the middle", async () => {
    at("min-width");
    await openWindow();
    await userEvent.click(tab(/^Changes/));
    const list = within(await panel("Changes").findByRole("navigation", { name: "Changed files at the side" }));
    expect(panel("Changes").getByText("7 files changed")).toBeTruthy();
    expect(list.queryByRole("checkbox")).toBeNull();
    await userEvent.click(list.getByRole("button", { name: /store\.rs/ }));
    expect(tabs()).toEqual(["chat:/s1", "changes:/w1"]);
    expect(await screen.findByRole("region", { name: "src/session/store.rs" })).toBeTruthy();
    await userEvent.click(list.getByRole("button", { name: /rotation\.rs/ }));
    expect(await screen.findByRole("region", { name: "tests/rotation.rs" })).toBeTruthy();
    expect(list.getByRole("button", { current: true }).title).toBe("tests/rotation.rs");
  });

  it("CH13 says when nothing changed", async () => {
    at("min-width");
    await openWindow("idle", { replies: { changes: { ...CHANGES, files: [], skipped: [], omitted: 0 } } });
    await userEvent.click(tab(/^Changes/));
    expect(await panel("Changes").findByText("Nothing waits to be approved")).toBeTruthy();
    await userEvent.click(panel("Changes").getByRole("button", { name: "Open changes" }));
    expect(tabs()).toEqual(["chat:/s1", "changes:/w1"]);
  });

  it("CH13 says why it can’t be seen", async () => {
    at("min-width");
    const refused = () => {
      throw failure("forbidden", "You may not see this workspace.");
    };
    await openWindow("idle", { replies: { changes: refused } });
    await userEvent.click(tab(/^Changes/));
    expect((await panel("Changes").findByRole("alert")).textContent).toContain("You may not");
    expect(panel("Changes").getByRole("button", { name: "Try again" })).toBeTruthy();
  });

  it("FI11 has the files in folders, finds one by its name, and reads it in the middle", async () => {
    at("min-width");
    await openWindow();
    await userEvent.click(tab(/^Files/));
    const tree = within(await panel("Files").findByRole("tree", { name: "Files of this workspace at the side" }));
    await userEvent.click(await tree.findByRole("treeitem", { name: /^Cargo\.toml/ }));
    expect(tabs()).toEqual(["chat:/s1", "files:/w1"]);
    expect(await screen.findByRole("region", { name: "Cargo.toml" })).toBeTruthy();
    await userEvent.type(panel("Files").getByRole("searchbox", { name: "Find a file" }), "store");
    await userEvent.click(await panel("Files").findByTitle("src/session/store.rs"));
    expect(await screen.findByRole("region", { name: "src/session/store.rs" })).toBeTruthy();
  });

  it("FI11 leaves the page to the file where it lay over it", async () => {
    at("max-width");
    await openWindow();
    await userEvent.keyboard("{Control>}{Shift>}e{/Shift}{/Control}");
    await userEvent.click(await screen.findByRole("treeitem", { name: /^Cargo\.toml/ }));
    expect(screen.queryByRole("dialog", { name: "At the side" })).toBeNull();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Files · auth-refactor");
  });
});

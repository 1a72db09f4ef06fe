import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CannedLink } from "../../../dev/canned-link";
import { COMMENTS } from "../../../dev/comments";
import { DANA, GUEST, welcome } from "../../../dev/people";
import { renderOver } from "../../../dev/render";
import { snapshot, view } from "../../../dev/room";
import type { Scene } from "../../../dev/scene";
import { SCENES } from "../../../dev/scenes";
import { getDraft, reloadTaste, setDraft, setTaste } from "../../state/taste";
import { getToasts } from "../../state/toasts";
import ChangesPage from "./changes-page";

beforeEach(() => {
  localStorage.clear();
  reloadTaste();
});
afterEach(cleanup);

const FILE = "src/session/store.rs";

async function open(more: Partial<Scene> = {}) {
  await renderOver(new CannedLink({ ...(SCENES["idle"] as Scene), ...more }), <ChangesPage workspace="w1" />);
  await act(async () => {});
  await userEvent.click(within(screen.getByRole("navigation", { name: "Changed files" })).getByRole("button", { name: /store\.rs/ }));
}
const plus = (lines: string) => screen.getByRole("button", { name: `Comment on: ${lines}` });
const field = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Comment" });
const note = (lines: string) => screen.queryByRole("article", { name: `Comment on: ${lines}` });
const kept = () => JSON.parse(getDraft("w1.comments") || "[]") as unknown[];
const seed = () => setDraft("w1.comments", JSON.stringify(COMMENTS));

describe("comments on lines of a change", () => {
  it("CH4 a comment is written below its line, and survives a reload", async () => {
    await open();
    await userEvent.click(plus("Line 58"));
    await userEvent.type(field(), "Only those of this session.{Control>}{Enter}{/Control}");
    expect(note("Line 58")?.textContent).toContain("Only those of this session.");
    expect(document.activeElement).toBe(plus("Line 58"));
    cleanup();
    reloadTaste();
    await open();
    expect(note("Line 58")).toBeTruthy();
    expect(kept()).toMatchObject([{ path: FILE, side: "new", from: 58, to: 58, texts: ["        self.tokens.forget(session)?;"] }]);
  });

  it("CH4 an input method keeps its Enter, Escape closes, and nothing written is no comment", async () => {
    await open();
    await userEvent.click(plus("Line 13, before the change"));
    fireEvent.keyDown(field(), { key: "Enter", ctrlKey: true, isComposing: true });
    fireEvent.keyDown(field(), { key: "Escape", isComposing: true });
    await userEvent.type(field(), "  {Control>}{Enter}{/Control}");
    expect(screen.queryByRole("textbox")).toBeNull();
    await userEvent.click(plus("Line 14"));
    await userEvent.type(field(), "Not this{Escape}");
    expect(screen.queryByRole("textbox")).toBeNull();
    expect(kept()).toEqual([]);
  });

  it("CH4 keys go from line to line, choose several and open the editor on them", async () => {
    await open();
    act(() => plus("Line 12").focus());
    await userEvent.keyboard("{ArrowDown}");
    expect(document.activeElement).toBe(plus("Line 13, before the change"));
    act(() => plus("Line 13").focus());
    await userEvent.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}{Enter}");
    await userEvent.type(field(), "All of this");
    await userEvent.click(screen.getByRole("button", { name: "Comment" }));
    expect(kept()).toMatchObject([{ side: "new", from: 13, to: 15 }]);
  });

  it("CH4 what is being written goes with the lines that are taken in, and is kept when another line is opened", async () => {
    await open();
    await userEvent.click(plus("Line 14"));
    await userEvent.type(field(), "Both");
    fireEvent.click(plus("Line 15"), { shiftKey: true });
    expect(field().value).toBe("Both");
    await userEvent.click(plus("Line 58"));
    expect(field().value).toBe("");
    expect(kept()).toMatchObject([{ from: 14, to: 15, text: "Both" }]);
  });

  it("CH4 a comment is changed, deleted, and brought back", async () => {
    seed();
    await open();
    await userEvent.click(within(note("Lines 14 to 15") as HTMLElement).getByRole("button", { name: "Edit this comment" }));
    await userEvent.clear(field());
    await userEvent.type(field(), "Which device?{Control>}{Enter}{/Control}");
    expect(note("Lines 14 to 15")?.textContent).toContain("Which device?");
    await userEvent.click(within(note("Lines 14 to 15") as HTMLElement).getByRole("button", { name: "Delete this comment" }));
    expect(note("Lines 14 to 15")).toBeNull();
    act(() => getToasts().find(({ action }) => action?.label === "Undo")?.action?.run());
    expect(note("Lines 14 to 15")).toBeTruthy();
  });

  it("CH4 an editor that was left open is there again after a reload, and takes no key from elsewhere", async () => {
    await open();
    await userEvent.click(plus("Line 58"));
    await userEvent.type(field(), "Half a");
    cleanup();
    reloadTaste();
    await open();
    expect(field().value).toBe("Half a");
    expect(document.activeElement).not.toBe(field());
  });

  it("CH4 a line that has changed since is told of at the file’s head, with what it said", async () => {
    seed();
    await open();
    expect(note("Line 58")?.textContent).toContain("On a line that has changed");
    expect(note("Line 58")?.textContent).toContain("self.tokens.clear();");
  });

  it("CH4 the head counts them, leads to each, and discards all after a question", async () => {
    seed();
    await open();
    await userEvent.click(screen.getByRole("button", { name: "3 comments" }));
    await userEvent.click(screen.getByRole("button", { name: /Two devices/ }));
    expect(document.activeElement).toBe(note("Lines 14 to 15"));
    await userEvent.click(screen.getByRole("button", { name: "3 comments" }));
    await userEvent.click(screen.getByRole("button", { name: "Discard all" }));
    expect(kept()).toHaveLength(3);
    await userEvent.click(within(screen.getByRole("dialog", { name: "Discard all comments on these changes?" })).getByRole("button", { name: "Discard all" }));
    expect(kept()).toEqual([]);
    expect(screen.queryByRole("button", { name: /comments$/ })).toBeNull();
  });

  it("CH4 whoever may suggest may comment, and whoever only watches may not", async () => {
    const as = (who: typeof DANA) => [{ kind: "live" as const, welcome: welcome(who) }];
    await open({ link: as(GUEST), snapshot: snapshot(view(GUEST, { suggest: true }), []) });
    expect(plus("Line 58")).toBeTruthy();
    cleanup();
    await open({ link: as(DANA), snapshot: snapshot(view(DANA, {}), []) });
    expect(screen.queryByRole("button", { name: /^Comment on/ })).toBeNull();
  });

  it("CH1 two columns have names for whoever hears them, and a comment spans both", async () => {
    seed();
    setTaste({ split: true });
    await open();
    const [table] = screen.getAllByRole("table");
    expect(within(table as HTMLElement).getAllByRole("columnheader").map(({ textContent }) => textContent)).toEqual(["Before", "Now"]);
    expect(within(table as HTMLElement).getAllByRole("button", { name: "Comment on: Line 12" })).toHaveLength(1);
    expect(note("Lines 14 to 15")).toBeTruthy();
    setTaste({ split: false });
  });
});

import { act, cleanup, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { Scene } from "../../dev/scene";
import { SCENES } from "../../dev/scenes";
import { beginAnew, openWindow } from "../../dev/whole-window";
import { actOnLayout, getLayout, keepLayout, reloadLayout } from "../state/layout";
import { chat, panesOf, tabKey } from "../state/layout/model";
import { openBeside, openSession } from "../state/open-session";

beginAnew();

const pane = (n: number) => within(screen.getByRole("group", { name: `Pane ${n}` }));
const tabs = (n: number) => pane(n).queryAllByRole("tab").map((tab) => tab.textContent);
const front = (n: number) => pane(n).getByRole("tab", { selected: true }).textContent;

describe("the panes of the window", () => {
  it("WI7 numbers a tab by its session, wherever it stands", async () => {
    await openWindow();
    await act(async () => openSession("s2"));
    expect(tabs(1)).toEqual(["#1Split the session store", "#2Migrate the tests"]);
    await act(async () => actOnLayout({ type: "move", key: tabKey(chat("s2")), pane: 1, at: 0 }));
    expect(tabs(1)).toEqual(["#2Migrate the tests", "#1Split the session store"]);
    await act(async () => actOnLayout({ type: "close_tab", key: tabKey(chat("s1")) }));
    await act(async () => actOnLayout({ type: "reopen" }));
    expect(tabs(1)).toEqual(["#2Migrate the tests", "#1Split the session store"]);
  });

  it("WI8 shows what can be opened where nothing is, those that want to be seen first", async () => {
    await openWindow();
    await userEvent.click(screen.getByRole("button", { name: "Panes" }));
    await userEvent.click(screen.getByRole("menuitem", { name: "Split right" }));
    const list = within(pane(2).getByRole("region", { name: "Sessions" }));
    expect(list.getAllByRole("img").map((dot) => dot.getAttribute("aria-label"))).toEqual(["Needs you", "Running", "Interrupted"]);
    await userEvent.click(within(pane(2).getByRole("region", { name: "Ended" })).getByRole("button"));
    expect(front(2)).toBe("#4An older try");
    expect(front(1)).toBe("#1Split the session store");
  });

  it("WI11 sends from the composer of a pane to the session of that pane", async () => {
    const link = await openWindow();
    await act(async () => openBeside("s2"));
    await userEvent.type(pane(1).getByRole("textbox", { name: "Message" }), "To the first{Enter}");
    expect(link.asked.at(-1)).toMatchObject({ method: "prompt", params: { session: "s1", text: "To the first" } });
    expect(getLayout().focus).toBe(1);
  });

  it("WI3 WI5 splits, moves and closes by the menus and keeps every tab", async () => {
    await openWindow();
    await act(async () => openSession("s2"));
    fireEvent.contextMenu(pane(1).getByRole("tab", { selected: true }));
    await userEvent.click(screen.getByRole("menuitem", { name: "Move to a new pane on the right" }));
    expect([front(1), front(2)]).toEqual(["#1Split the session store", "#2Migrate the tests"]);
    await userEvent.click(pane(2).getByRole("button", { name: "Panes" }));
    await userEvent.click(screen.getByRole("menuitem", { name: "Close this pane, keep its tabs" }));
    expect(tabs(1)).toHaveLength(2);
  });

  it("WI3 goes along the tabs by arrow keys and closes one by Delete", async () => {
    await openWindow();
    await act(async () => openSession("s2"));
    pane(1).getByRole("tab", { selected: true }).focus();
    await userEvent.keyboard("{ArrowLeft}");
    expect(front(1)).toBe("#1Split the session store");
    await userEvent.keyboard("{Delete}");
    expect(tabs(1)).toEqual(["#2Migrate the tests"]);
  });

  it("WI12 moves a border by arrow keys, and folds a pane into a strip", async () => {
    await openWindow();
    await act(async () => openBeside("s2"));
    screen.getByRole("separator", { name: "Border between panes" }).focus();
    await userEvent.keyboard("{ArrowRight}");
    expect(getLayout().columns.map(({ share }) => share)).toEqual([0.55, 0.45]);
    await userEvent.click(pane(2).getByRole("button", { name: "Panes" }));
    await userEvent.click(screen.getByRole("menuitem", { name: "Fold this pane" }));
    await userEvent.click(screen.getByRole("button", { name: "Open this pane again: Migrate the tests" }));
    expect(getLayout().columns.map(({ share }) => share)).toEqual([0.55, 0.45]);
  });

  it("WI9 has the same panes and tabs after a reload", async () => {
    await openWindow();
    await act(async () => openBeside("s2"));
    keepLayout();
    cleanup();
    reloadLayout();
    await openWindow();
    expect([front(1), front(2)]).toEqual(["#1Split the session store", "#2Migrate the tests"]);
  });

  it("WI10 lets a tab go with its session, and chooses another one where nothing else is open", async () => {
    const link = await openWindow();
    await act(async () => openSession("s2"));
    const { directory } = SCENES["idle"] as Scene;
    const without = (...gone: string[]) => ({ ...directory, sessions: directory.sessions.filter(({ session }) => !gone.includes(session)) });
    await act(async () => link.tell({ method: "directory", params: without("s2") }));
    expect(tabs(1)).toEqual(["#1Split the session store"]);
    await act(async () => link.tell({ method: "directory", params: without("s1", "s2") }));
    expect(panesOf(getLayout()).flatMap(({ tabs }) => tabs)).toEqual([chat("s3")]);
  });
});

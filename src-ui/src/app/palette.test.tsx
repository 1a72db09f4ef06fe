import { act, fireEvent, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { DIRECTORY } from "../../dev/directory";
import { beginAnew, openWindow } from "../../dev/whole-window";
import { getLayout } from "../state/layout";
import { chat, chatsOf, panesOf } from "../state/layout/model";
import { openSession } from "../state/open-session";
import { getTaste, reloadTaste } from "../state/taste";

beginAnew();

const palette = () => within(screen.getByRole("dialog", { name: "Go to anything" }));
const options = () => palette().getAllByRole("option");
const marked = () => palette().getByRole("option", { selected: true }).textContent;
const tabs = () => panesOf(getLayout()).map((pane) => chatsOf(pane.tabs).map(({ session }) => session));

describe("the palette", () => {
  it("WI13 goes to a session by a few letters of its title", async () => {
    await openWindow();
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(palette().getByRole("combobox"), "migr");
    expect(marked()).toContain("Migrate the tests");
    await userEvent.keyboard("{Enter}");
    expect(tabs()).toEqual([["s1", "s2"]]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("HA5 words a session without a title as a new one, there, in the side bar and in tabs", async () => {
    const sessions = DIRECTORY.sessions.map((row) => (row.session === "s2" ? { ...row, title: "" } : row));
    await openWindow("idle", { directory: { ...DIRECTORY, sessions } });
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(palette().getByRole("combobox"), "#2");
    expect(marked()).toContain("New session");
    await userEvent.keyboard("{Enter}");
    expect(screen.getByRole("tab", { name: /New session/ })).toBeTruthy();
    expect(within(screen.getByRole("complementary", { name: "Side bar" })).getByTitle("#2 · c01b · New session").textContent).toContain("New session");
  });

  it("WI4 opens in a pane beside with Mod held", async () => {
    await openWindow();
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(palette().getByRole("combobox"), "migr");
    await userEvent.keyboard("{Control>}{Enter}{/Control}");
    expect(tabs()).toEqual([["s1"], ["s2"]]);
  });

  it("WI13 finds what can be done and what can be set, with its key, and does it", async () => {
    await openWindow();
    await userEvent.keyboard("{Control>}{Shift>}p{/Shift}{/Control}");
    expect(options().every((one) => !one.textContent?.includes("Split the session store"))).toBe(true);
    await userEvent.type(palette().getByRole("combobox"), "split right");
    expect(marked()).toBe("Split rightCtrl \\");
    await userEvent.keyboard("{Enter}");
    expect(panesOf(getLayout())).toHaveLength(2);
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(palette().getByRole("combobox"), "theme light{Enter}");
    expect(document.documentElement.dataset.theme).toBe("light");
  });

  it("says so when nothing fits, and Enter then does nothing", async () => {
    await openWindow();
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(palette().getByRole("combobox"), "zzz{Enter}");
    expect(palette().getByText(/Nothing fits/)).toBeTruthy();
  });

  it("starts a session in a workspace of the person’s choice", async () => {
    const link = await openWindow();
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(palette().getByRole("combobox"), "new pricing claude{Enter}");
    expect(link.asked.at(-1)).toMatchObject({ method: "open_session", params: { workspace: "w3" } });
  });
});

describe("keys", () => {
  it("WI13 choose, close and bring back tabs, and hide the side bar", async () => {
    await openWindow();
    await act(async () => openSession("s2"));
    await userEvent.keyboard("{Control>}1{/Control}");
    expect(panesOf(getLayout())[0]?.active).toBe("chat:/s1");
    await userEvent.keyboard("{Alt>}w{/Alt}");
    expect(tabs()).toEqual([["s2"]]);
    await userEvent.keyboard("{Alt>}{Shift>}T{/Shift}{/Alt}");
    expect(tabs()).toEqual([["s1", "s2"]]);
    await userEvent.keyboard("{Control>}b{/Control}");
    expect(screen.queryByRole("navigation")).toBeNull();
    await userEvent.keyboard("{Control>}b{/Control}");
    expect(screen.getByRole("navigation")).toBeTruthy();
  });

  it("WI13 are listed in a sheet, and go to where one writes", async () => {
    await openWindow();
    await userEvent.keyboard("{Control>}/{/Control}");
    const sheet = within(screen.getByRole("dialog", { name: "Keyboard shortcuts" }));
    expect(sheet.getByText("Ctrl K")).toBeTruthy();
    await userEvent.click(sheet.getByRole("button", { name: "Done" }));
    await userEvent.keyboard("{Control>}l{/Control}");
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByRole("textbox", { name: "Message" })));
  });
});

describe("keys to the work", () => {
  const row = (terminal: string, exit?: object) => ({ terminal, workspace: "w1", opened_by: "ada", name: "Ada", opened_at: 1, size: { columns: 80, rows: 24 }, ...(exit && { exit }) });
  const replies = (terminals: object[], right: string) =>
    ({ terminals: { kind: "terminals", terminals, right }, open_terminal: { kind: "terminal", terminal: row("t9") } }) as never;
  const kinds = () => panesOf(getLayout()).map((pane) => pane.tabs.map((tab) => (tab.kind === "terminal" ? tab.terminal : tab.kind)));
  const key = (name: string, code: string, held: object) => act(async () => void fireEvent.keyDown(document.activeElement ?? document.body, { key: name, code, ctrlKey: true, ...held }));

  it("WI25 shows changes and files beside what is read, also from the palette", async () => {
    await openWindow();
    await key("d", "KeyD", {});
    await key("p", "KeyP", {});
    expect(kinds()).toEqual([["chat"], ["changes"], ["files"]]);
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(palette().getByRole("combobox"), "show the changes");
    expect(marked()).toBe("Show the changes of this workspaceCtrl D");
    await userEvent.keyboard("{Enter}");
    await key("d", "KeyD", {});
    expect(kinds()).toEqual([["chat"], ["changes"], ["files"]]);
    expect(getLayout().focus).toBe(panesOf(getLayout())[1]?.id);
  });

  it("WI25 goes to the newest terminal that runs, and opens another one", async () => {
    const link = await openWindow("idle", { replies: replies([row("t1"), row("t2"), row("t3", { code: 0 })], "drive") });
    await key("`", "Backquote", {});
    expect(kinds()).toEqual([["chat"], ["t2"]]);
    await key("~", "Backquote", { shiftKey: true });
    expect(kinds()).toEqual([["chat"], ["t2"], ["t9"]]);
    expect(link.asked.filter(({ method }) => method === "open_terminal")).toHaveLength(1);
  });

  it("WI25 opens none for who may not, and offers it nowhere", async () => {
    const link = await openWindow("idle", { replies: replies([], "view") });
    await key("`", "Backquote", {});
    await key("~", "Backquote", { shiftKey: true });
    expect(link.asked.filter(({ method }) => method === "open_terminal")).toEqual([]);
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.type(palette().getByRole("combobox"), "new terminal");
    expect(palette().queryByRole("option", { name: /New terminal/ })).toBeNull();
  });

  it("WI13 WI25 leaves a terminal its keys, and the sheet lists them", async () => {
    await openWindow();
    const shell = document.body.appendChild(document.createElement("div"));
    shell.dataset["terminal"] = "t1";
    fireEvent.keyDown(shell, { key: "d", code: "KeyD", ctrlKey: true });
    shell.remove();
    expect(kinds()).toEqual([["chat"]]);
    await userEvent.keyboard("{Control>}/{/Control}");
    const sheet = within(screen.getByRole("region", { name: "Session" }));
    for (const keys of ["Ctrl D", "Ctrl P", "Ctrl `", "Ctrl Shift `"]) expect(sheet.getByText(keys)).toBeTruthy();
  });
});

describe("settings", () => {
  it("WI14 are found by what they are about, and hold at once and after a reload", async () => {
    await openWindow();
    await userEvent.keyboard("{Control>},{/Control}");
    const dialog = within(screen.getByRole("dialog", { name: "Settings" }));
    await userEvent.type(dialog.getByRole("searchbox"), "contrast");
    expect(dialog.getAllByRole("region").map((part) => part.getAttribute("aria-label"))).toEqual(["Appearance"]);
    await userEvent.click(dialog.getByRole("checkbox", { name: /More contrast/ }));
    await userEvent.click(dialog.getByRole("button", { name: "130 %" }));
    const { dataset, style } = document.documentElement;
    expect([dataset.contrast, style.getPropertyValue("--scale")]).toEqual(["more", "1.3"]);
    reloadTaste();
    expect(getTaste()).toMatchObject({ contrast: "more", size: 130 });
    expect(tabs()).toEqual([[chat("s1").session]]);
  });
});

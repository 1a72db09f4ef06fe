import { act, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { archived } from "../../dev/directory";
import { beginAnew, openWindow } from "../../dev/whole-window";
import "../features/files/files-page";
import { actOnLayout, getLayout } from "../state/layout";
import { panesOf, tabKey } from "../state/layout/model";
import { read, write } from "../state/layout/text";

beginAnew();

const tabs = () => panesOf(getLayout()).flatMap((pane) => pane.tabs.map(tabKey));
const press = (name: string) => userEvent.click(screen.getByRole("button", { name }));

describe("the tab of a workspace's files", () => {
  it("FI7 opens beside the session and is kept in the layout", async () => {
    await openWindow();
    await press("Files");
    expect(await screen.findByRole("tree", { name: "Files of this workspace" })).toBeTruthy();
    expect(screen.getByRole("tab", { name: "Files · auth-refactor" })).toBeTruthy();
    expect(tabs()).toEqual(["chat:/s1", "files:/w1"]);
    expect(read(write(getLayout()))).toEqual(getLayout());
  });

  it("FI7 WI4 is one of two ways behind one button in a narrow window, and leads back", async () => {
    vi.spyOn(window, "matchMedia").mockImplementation((query) => ({ matches: query.includes("max-width"), addEventListener: () => undefined, removeEventListener: () => undefined }) as unknown as MediaQueryList);
    await openWindow();
    await press("What is in this workspace");
    await press("Files");
    expect(await screen.findByRole("tree", { name: "Files of this workspace" })).toBeTruthy();
    expect(screen.getByRole("heading", { level: 1 }).textContent).toBe("Files · auth-refactor");
    await press("Back to Split the session store");
    expect(screen.getByRole("textbox", { name: "Message" })).toBeTruthy();
    expect(tabs()).toEqual(["chat:/s1", "files:/w1"]);
  });

  it("RO2 is read beside the people of the session that it was opened from", async () => {
    vi.spyOn(window, "matchMedia").mockImplementation((query) => ({ matches: query.includes("min-width"), addEventListener: () => undefined, removeEventListener: () => undefined }) as unknown as MediaQueryList);
    await openWindow("vote");
    await press("Files");
    expect(tabs()).toEqual(["chat:/s1", "files:/w1"]);
    expect(screen.getByRole("complementary", { name: "People" }).textContent).toContain("Beadrivingsteer, approve");
    await act(async () => actOnLayout({ type: "close_tab", key: "chat:/s1" }));
    expect(screen.getByRole("complementary", { name: "People" }).textContent).toContain("nobody is shown");
  });

  it("WI23 goes with a workspace that is deleted", async () => {
    const link = await openWindow();
    await press("Files");
    const gone = { ...archived(), workspaces: archived().workspaces.map((one) => (one.workspace === "w1" ? { ...one, state: "deleted" as const } : one)) };
    await act(async () => link.tell({ method: "directory", params: gone }));
    expect(tabs()).toEqual(["chat:/s1"]);
  });
});

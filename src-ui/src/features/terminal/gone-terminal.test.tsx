import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { DIRECTORY } from "../../../dev/directory";
import { ADA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import { actOnLayout, getLayout, reloadLayout } from "../../state/layout";
import { panesOf } from "../../state/layout/model";
import TerminalPage from "./terminal-page";

vi.mock("./use-paper", () => ({
  usePaper: () => ({ place: { current: null }, paper: { current: null }, standing: { kind: "gone" }, said: null }),
}));

beforeEach(() => {
  localStorage.clear();
  reloadLayout();
  actOnLayout({ type: "open", tab: { kind: "terminal", host: null, workspace: "w1", terminal: "old" } });
});
afterEach(cleanup);

const [workspace] = DIRECTORY.workspaces as [WorkspaceView];
const tabs = () => panesOf(getLayout()).flatMap((pane) => pane.tabs.map((tab) => (tab.kind === "terminal" ? tab.terminal : tab.kind)));
function draw(right: "drive" | "view") {
  const row = { terminal: "new", workspace: "w1", opened_by: "ada", name: "Ada", opened_at: 1, size: { columns: 80, rows: 24 } };
  const replies = { terminals: { kind: "terminals", terminals: [], right }, open_terminal: { kind: "terminal", terminal: row } };
  return renderRoom({ view: view(ADA, {}), replies: replies as never }, () => <TerminalPage workspace={workspace} terminal="old" here />);
}

it("TE11 opens a new terminal in the tab of one that is gone", async () => {
  await draw("drive");
  expect(screen.getAllByRole("status").map((one) => one.textContent).join("")).toMatch(/^This terminal is not open any more\. Its shell ended/);
  await userEvent.click(screen.getByRole("button", { name: "Open a new one here" }));
  expect(tabs()).toEqual(["new"]);
});

it("TE11 closes the tab, and offers no more to who only watches", async () => {
  await draw("view");
  expect(screen.queryByRole("button", { name: "Open a new one here" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "Close" }));
  expect(tabs()).toEqual([]);
});

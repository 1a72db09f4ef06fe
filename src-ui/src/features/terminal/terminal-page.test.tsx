import { cleanup, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it, vi } from "vitest";
import { DIRECTORY } from "../../../dev/directory";
import { ADA } from "../../../dev/people";
import { renderRoom } from "../../../dev/render";
import { view } from "../../../dev/room";
import type { WorkspaceView } from "../../gen/WorkspaceView";
import TerminalPage from "./terminal-page";

const paper = vi.hoisted(() => ({ find: vi.fn(() => true), leaveSearch: vi.fn(), focus: vi.fn() }));
vi.mock("./use-paper", () => ({
  usePaper: () => ({ place: { current: null }, paper: { current: paper }, standing: { kind: "open" }, said: null }),
}));

afterEach(cleanup);

it("TE10 TE9 lets nothing stand out once the search is closed, and is called by its number", async () => {
  const row = (terminal: string, opened_at: number) => ({ terminal, workspace: "w1", opened_by: "ada", name: "Ada", opened_at, size: { columns: 80, rows: 24 } });
  const replies = { terminals: { kind: "terminals", terminals: [row("k1", 1), row("k2", 2)], right: "drive" } } as const;
  const [workspace] = DIRECTORY.workspaces as [WorkspaceView];
  await renderRoom({ view: view(ADA, {}), replies: replies as never }, () => <TerminalPage workspace={workspace} terminal="k2" here />);
  expect(screen.getByRole("region", { name: "Terminal 2 · auth-refactor" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Search the terminal" }));
  await userEvent.type(screen.getByRole("textbox", { name: "Search the terminal" }), "err");
  expect(paper.find).toHaveBeenLastCalledWith("err", false);
  await userEvent.click(screen.getByRole("button", { name: "Close the search" }));
  expect(paper.leaveSearch).toHaveBeenCalled();
});

import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { failure } from "../../dev/files";
import { WORKTREES } from "../../dev/repositories";
import { beginAnew, openWindow } from "../../dev/whole-window";
import type { Scene } from "../../dev/scene";
import { getToasts } from "../state/toasts";

beginAnew();

const dialog = () => within(screen.getByRole("dialog", { name: "Worktrees of ledger" }));
const rows = () => dialog().getAllByRole("listitem").map((row) => within(row));

async function open(replies: Scene["replies"] = {}) {
  const link = await openWindow("idle", { replies: { worktrees: WORKTREES, ...replies } });
  await userEvent.click(screen.getByRole("button", { name: "What to do with the repository ledger" }));
  await userEvent.click(screen.getByRole("menuitem", { name: "Worktrees…" }));
  return link;
}

describe("worktrees that are no workspaces", () => {
  it("WI28 are listed with branch and size, and become workspaces where they can", async () => {
    const link = await open({ import_worktree: { kind: "workspace", workspace: "w9" } });
    expect(dialog().getByText(/Conclave deletes none of them/)).toBeTruthy();
    const [mine, gone, left] = rows();
    expect(mine?.getByText("Branch ada/spike")).toBeTruthy();
    expect(mine?.getByText("46 MiB")).toBeTruthy();
    expect(mine?.queryByText("left behind")).toBeNull();
    expect(gone?.getByText("its folder is gone")).toBeTruthy();
    expect(gone?.queryByRole("button", { name: /^Make it a workspace/ })).toBeNull();
    expect(left?.getByText("on no branch")).toBeTruthy();
    expect(left?.queryByRole("button", { name: /^Make it a workspace/ })).toBeNull();
    await userEvent.click(dialog().getByRole("button", { name: "Make it a workspace: /home/ada/code/spike" }));
    expect(link.asked.at(-1)).toEqual({ method: "import_worktree", params: { repository: "r1", path: "/home/ada/code/spike" } });
    expect(getToasts().at(-1)).toMatchObject({ kind: "done", message: "/home/ada/code/spike is a workspace now" });
  });

  it("WI28 are deleted by nobody here: the command is there to be copied", async () => {
    const copied = vi.spyOn(navigator.clipboard, "writeText").mockResolvedValue();
    const link = await open();
    const [mine, , left] = rows();
    expect(mine?.queryByText(/worktree remove/)).toBeNull();
    await userEvent.click(left?.getByRole("button", { name: /^Copy: To remove it/ }) as HTMLElement);
    expect(copied).toHaveBeenCalledWith("git -C /home/ada/code/ledger worktree remove '/home/ada/.local/share/conclave/worktrees/ledger/it'\\''s old'");
    expect(left?.getByText(/^If git says that it is no worktree/)).toBeTruthy();
    expect(link.asked).toEqual([]);
  });

  it("WI28 say why one was refused", async () => {
    await open({
      import_worktree: () => {
        throw failure("path_missing", "There is no worktree of this repository at that path. Look at the list again.");
      },
    });
    await userEvent.click(dialog().getByRole("button", { name: "Make it a workspace: /home/ada/code/spike" }));
    expect(dialog().getByRole("alert").textContent).toBe("There is no worktree of this repository at that path. Look at the list again.");
    await userEvent.click(dialog().getByRole("button", { name: "Done" }));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("WI28 say so when every one is a workspace", async () => {
    await open({ worktrees: { kind: "worktrees", worktrees: [] } });
    expect(dialog().getByRole("status").textContent).toBe("There are none: every worktree of this repository is a workspace.");
  });
});

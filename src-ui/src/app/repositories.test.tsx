import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { DIRECTORY } from "../../dev/directory";
import { failure } from "../../dev/files";
import { beginAnew, openWindow } from "../../dev/whole-window";
import { getToasts } from "../state/toasts";

beginAnew();

const side = () => within(screen.getByRole("navigation", { name: "Sessions" }));
const dialog = () => within(screen.getByRole("dialog"));
const press = (name: string) => userEvent.click(dialog().getByRole("button", { name }));
const told = () => getToasts().map(({ message }) => message);

async function choose(repository: string, entry: string) {
  await userEvent.click(side().getByRole("button", { name: `What to do with the repository ${repository}` }));
  await userEvent.click(screen.getByRole("menuitem", { name: entry }));
}
async function command(words: string) {
  await userEvent.keyboard("{Control>}{Shift>}p{/Shift}{/Control}");
  await userEvent.type(screen.getByRole("combobox"), `${words}{Enter}`);
}

describe("a repository as a whole", () => {
  it("WI27 gets a workspace from its row and from the palette", async () => {
    const link = await openWindow("idle", { replies: { create_workspace: { kind: "workspace", workspace: "w9" } } });
    await choose("website", "New workspace");
    await userEvent.type(side().getByRole("textbox", { name: "Name of the workspace" }), "prices{Enter}");
    await command("new workspace in ledger");
    await userEvent.type(dialog().getByRole("textbox", { name: "Name of the workspace" }), "tax{Enter}");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(link.asked.filter(({ method }) => method === "create_workspace")).toEqual([
      { method: "create_workspace", params: { repository: "r2", name: "prices" } },
      { method: "create_workspace", params: { repository: "r1", name: "tax" } },
    ]);
  });

  it("WI27 is removed after a question that says what stays, and says what to do while it is in use", async () => {
    const link = await openWindow();
    await choose("ledger", "Remove…");
    expect(dialog().getByText(/Nothing on the disk is touched/)).toBeTruthy();
    expect(dialog().getByText("/home/ada/code/ledger")).toBeTruthy();
    expect(document.activeElement?.textContent).toBe("Keep it");
    Object.assign(link.scene, { refuses: failure("in_use", "There are workspaces of this repository. Nothing was changed; delete them first.") });
    await press("Remove it");
    expect(dialog().getByRole("alert").textContent).toBe("There are workspaces of this repository. Nothing was changed; delete them first.");
    Object.assign(link.scene, { refuses: undefined });
    await press("Remove it");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(link.asked.at(-1)).toEqual({ method: "remove_repository", params: { repository: "r1" } });
  });

  it("WI27 forgets its set-up script, and says so kindly where there is none", async () => {
    const link = await openWindow();
    await choose("ledger", "Forget the set-up script");
    expect(told()).toEqual(["The set-up script of ledger runs no more, until you have read it and trusted it again."]);
    expect(getToasts().at(-1)?.kind).toBe("done");
    Object.assign(link.scene, { refuses: failure("not_found", "There is nothing like that here.") });
    await choose("website", "Forget the set-up script");
    expect(told().at(-1)).toBe("No set-up script of website is trusted, so there is nothing to forget.");
    expect(link.asked[0]).toEqual({ method: "forget_setup", params: { repository: "r1" } });
  });

  it("WI27 goes by keys alone, and closes its question when another device was faster", async () => {
    const link = await openWindow();
    side().getByRole("button", { name: "What to do with the repository ledger" }).focus();
    await userEvent.keyboard("{Enter}{ArrowUp}{Enter}");
    expect(screen.getByRole("dialog", { name: "Remove ledger from Conclave?" })).toBeTruthy();
    const left = { ...DIRECTORY, repositories: DIRECTORY.repositories.slice(1) };
    await act(async () => link.tell({ method: "directory", params: left }));
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("WI27 offers guests nothing of it", async () => {
    await openWindow("guest");
    expect(screen.queryByRole("button", { name: /^What to do with the repository/ })).toBeNull();
  });
});

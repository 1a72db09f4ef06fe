import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { CannedLink } from "../../dev/canned-link";
import { DIRECTORY } from "../../dev/directory";
import { SCRIPT } from "../../dev/exchange";
import { failure } from "../../dev/files";
import type { Scene } from "../../dev/scene";
import { beginAnew, openWindow } from "../../dev/whole-window";
import type { TerminalRow } from "../gen/TerminalRow";
import { getLayout } from "../state/layout";
import { inFront } from "../state/layout/reduce";
import { getToasts } from "../state/toasts";

beginAnew();

const ROW: TerminalRow = { terminal: "t9", workspace: "w3", opened_by: "ada", name: "Ada", opened_at: 1, size: { columns: 80, rows: 24 }, is_setup: true };
const dialog = () => within(screen.getByRole("dialog", { name: "Set up pricing-copy?" }));
const press = (name: string) => userEvent.click(dialog().getByRole("button", { name }));
const told = () => getToasts().at(-1);
const setup = (script: typeof SCRIPT | null) => ({ kind: "setup", script }) as const;

const open = (replies: Scene["replies"], more: Partial<Scene> = {}) => openWindow("idle", { replies: { setup: setup(SCRIPT), run_setup: { kind: "terminal", terminal: ROW }, terminals: { kind: "terminals", terminals: [ROW], right: "drive" }, ...replies }, ...more });
/** Without what a terminal that is drawn asks by itself. */
const orders = ({ asked }: CannedLink) => asked.filter(({ method }) => !/(attach|detach|resize)_terminal/.test(method));

async function choose(entry: string) {
  await userEvent.click(screen.getByRole("button", { name: "What to do with pricing-copy" }));
  await userEvent.click(screen.getByRole("menuitem", { name: entry }));
}
async function fork() {
  await choose("Fork…");
  await userEvent.type(screen.getByRole("textbox", { name: "Name of the fork" }), "again{Enter}");
}

describe("a set-up script", () => {
  it("WI30 is shown whole after a fork, and runs when just this text is trusted", async () => {
    const link = await open({ fork_workspace: { kind: "workspace", workspace: "w3" } });
    await fork();
    expect(dialog().getByRole("region", { name: "The set-up script" }).textContent).toBe(SCRIPT.text);
    expect(document.activeElement?.textContent, "nobody trusts by a key pressed too early").toBe("Not now");
    await press("Trust and run");
    expect(orders(link).slice(1)).toEqual([
      { method: "trust_setup", params: { workspace: "w3", hash: SCRIPT.hash } },
      { method: "run_setup", params: { workspace: "w3", size: { columns: 80, rows: 24 } } },
    ]);
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(inFront(getLayout())).toMatchObject({ kind: "terminal", workspace: "w3", terminal: "t9" });
    expect(screen.getByRole("tab", { name: "Set-up · pricing-copy" })).toBeTruthy();
  });

  it("WI30 is shown after a workspace was made, also before the host’s directory has it, and can wait", async () => {
    const directory = { ...DIRECTORY, workspaces: DIRECTORY.workspaces.slice(0, 2) };
    const link = await open({ create_workspace: { kind: "workspace", workspace: "w3" } }, { directory });
    await userEvent.click(screen.getByRole("button", { name: "New workspace in website" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Name of the workspace" }), "pricing-copy{Enter}");
    expect(screen.queryByRole("dialog")).toBeNull();
    await act(async () => link.tell({ method: "directory", params: DIRECTORY }));
    await press("Not now");
    expect(orders(link).map(({ method }) => method)).toEqual(["create_workspace"]);
  });

  it("WI30 is told of quietly where it runs already, with the way to its terminal", async () => {
    const link = await open({ setup: setup({ ...SCRIPT, trusted: true }), fork_workspace: { kind: "workspace", workspace: "w3" } });
    await fork();
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(told()).toMatchObject({ kind: "done", message: "The set-up script of the new workspace runs" });
    await act(async () => told()?.action?.run());
    expect(inFront(getLayout())).toMatchObject({ kind: "terminal", terminal: "t9" });
    expect(orders(link).map(({ method }) => method)).toEqual(["fork_workspace"]);
  });

  it("WI30 runs again from the menu, after it was read where it is not trusted", async () => {
    const link = await open({});
    await choose("Run the set-up script");
    await press("Not now");
    expect(orders(link)).toEqual([]);
    Object.assign(link.scene.replies ?? {}, { setup: setup({ ...SCRIPT, trusted: true }) });
    await choose("Run the set-up script");
    expect(orders(link)).toEqual([{ method: "run_setup", params: { workspace: "w3", size: { columns: 80, rows: 24 } } }]);
    expect(inFront(getLayout())).toMatchObject({ kind: "terminal", terminal: "t9" });
    Object.assign(link.scene.replies ?? {}, { setup: setup(null) });
    await choose("Run the set-up script");
    expect(told()?.message).toMatch(/^There is no set-up script here\./);
  });

  it("WI30 shows the text anew that was refused as another one, and stays as it was read until then", async () => {
    const other = { ...SCRIPT, text: "rm -rf \u202ebuild\n", hash: "77".repeat(32) };
    const link = await open({
      trust_setup: () => {
        throw failure("changes_stale", "The set-up script is another than the one you read. Nothing was run; read it again.");
      },
    });
    await choose("Run the set-up script");
    Object.assign(link.scene.replies ?? {}, { setup: setup(other) });
    await act(async () => link.tell({ method: "directory", params: { ...DIRECTORY, catalogue: 2 } }));
    const text = () => dialog().getByRole("region", { name: "The set-up script" }).textContent;
    expect(text()).toBe(SCRIPT.text);
    await press("Trust and run");
    expect(dialog().getByRole("alert").textContent).toBe("The set-up script is another than the one you read. Nothing was run; read it again.");
    expect(text(), "what turns text round is shown by its number").toBe("rm -rf ⟨U+202E⟩build\n");
    expect(orders(link).map(({ method }) => method)).toEqual(["trust_setup"]);
  });

  it("WI30 is trusted once, also when it could not run at first", async () => {
    let full = true;
    const link = await open({
      run_setup: () => {
        if (full) throw failure("terminals_full", "Close a terminal first.");
        return { kind: "terminal", terminal: ROW };
      },
    });
    await choose("Run the set-up script");
    await press("Trust and run");
    expect(dialog().getByRole("alert").textContent).toBe("Close a terminal first.");
    full = false;
    await press("Run it");
    expect(orders(link).map(({ method }) => method)).toEqual(["trust_setup", "run_setup", "run_setup"]);
  });

  it("WI30 takes no question away that is open", async () => {
    let made: (reply: { kind: "workspace"; workspace: string }) => void = () => undefined;
    await open({ create_workspace: () => new Promise((resolve) => (made = resolve)) });
    await userEvent.click(screen.getByRole("button", { name: "New workspace in website" }));
    await userEvent.type(screen.getByRole("textbox", { name: "Name of the workspace" }), "x{Enter}");
    await choose("Archive");
    await act(async () => made({ kind: "workspace", workspace: "w3" }));
    expect(screen.getByRole("dialog", { name: "Archive pricing-copy?" })).toBeTruthy();
    expect(told()?.message).toMatch(/^The new workspace has a set-up script/);
    await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: "Keep it here" }));
    await act(async () => told()?.action?.run());
    expect(dialog().getByText(/^website wants this done in each new workspace/)).toBeTruthy();
  });
});

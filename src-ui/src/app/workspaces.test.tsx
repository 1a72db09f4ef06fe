import { act, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { archived } from "../../dev/directory";
import { KNOWN_RISKS, failure } from "../../dev/files";
import { CannedLink } from "../../dev/canned-link";
import { renderOver } from "../../dev/render";
import type { Scene } from "../../dev/scene";
import { SCENES } from "../../dev/scenes";
import { beginAnew, openWindow } from "../../dev/whole-window";
import { openSession } from "../state/open-session";
import { App } from "./app";

beginAnew();

const side = () => within(screen.getByRole("navigation", { name: "Sessions" }));
const dialog = () => within(screen.getByRole("dialog"));
const press = (name: string) => userEvent.click(dialog().getByRole("button", { name }));

async function choose(workspace: string, entry: string) {
  await userEvent.click(side().getByRole("button", { name: `What to do with ${workspace}` }));
  await userEvent.click(screen.getByRole("menuitem", { name: entry }));
}
async function unfoldArchive() {
  await userEvent.click(within(side().getByRole("group", { name: "Archive" })).getByRole("button", { name: /^Archive/ }));
}

describe("a workspace as a whole", () => {
  it("WI23 is renamed, forked with its files as they are, and archived after a question", async () => {
    const idle = SCENES["idle"] as Scene;
    const link = await openWindow("idle", { replies: { ...idle.replies, fork_workspace: { kind: "workspace", workspace: "w9" } } });
    await choose("auth-refactor", "Rename");
    const name = dialog().getByRole("textbox", { name: "Name of the workspace" });
    await userEvent.clear(name);
    await userEvent.type(name, "auth{Enter}");
    await choose("auth-refactor", "Fork…");
    await userEvent.type(dialog().getByRole("textbox", { name: "Name of the fork" }), "auth-again");
    await press("Fork it");
    await choose("auth-refactor", "Archive");
    await press("Archive");
    expect(screen.queryByRole("dialog")).toBeNull();
    expect(link.asked).toEqual([
      { method: "rename_workspace", params: { workspace: "w1", name: "auth" } },
      { method: "fork_workspace", params: { workspace: "w1", checkpoint: null, name: "auth-again" } },
      { method: "archive_workspace", params: { workspace: "w1" } },
    ]);
  });

  it("WI23 is forked with one of its conversations that have not ended, if that is wanted", async () => {
    let full = true;
    const link = await openWindow("idle", {
      replies: {
        fork_workspace: { kind: "workspace", workspace: "w9" },
        fork_session: () => {
          if (full) throw failure("storage", "The disk is full.");
          return { kind: "session", session: "s9", workspace: "w9" };
        },
      },
    });
    await choose("auth-refactor", "Fork…");
    await userEvent.type(dialog().getByRole("textbox", { name: "Name of the fork" }), "auth-again");
    const talk = dialog().getByRole<HTMLSelectElement>("combobox", { name: "Conversation that goes along" });
    expect([...talk.options].map(({ text }) => text)).toEqual(["None", "#1 Split the session store", "#2 Migrate the tests"]);
    expect(talk.value).toBe("");
    await userEvent.selectOptions(talk, "s2");
    await press("Fork it");
    expect(dialog().getByRole("status").textContent).toBe("The workspace auth-again was made, and the session is not in it yet.");
    full = false;
    await press("Try again");
    const session = { method: "fork_session", params: { session: "s2", before: null, title: null, workspace: "w9" } };
    expect(link.asked).toEqual([{ method: "fork_workspace", params: { workspace: "w1", checkpoint: null, name: "auth-again" } }, session, session]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("WI23 is folded away while archived, comes back unasked, and is nowhere once deleted", async () => {
    const link = await openWindow("shelved");
    expect(side().queryByText("fix-flaky-import")).toBeNull();
    expect(side().queryByText("pricing-copy")).toBeNull();
    await unfoldArchive();
    expect(side().getByText("fix-flaky-import")).toBeTruthy();
    expect(side().queryByRole("button", { name: "New session in fix-flaky-import" })).toBeNull();
    await choose("fix-flaky-import", "Take out of the archive");
    expect(link.asked).toEqual([{ method: "return_workspace", params: { workspace: "w2" } }]);
  });

  it("WI23 is deleted only with a yes to each thing that would be lost", async () => {
    const link = await openWindow("shelved");
    await unfoldArchive();
    await choose("fix-flaky-import", "Delete…");
    expect(dialog().getByText(/^The folder of its files goes from the disk \(46 MiB\)/)).toBeTruthy();
    expect(dialog().getByText("src/session/token.rs")).toBeTruthy();
    expect(dialog().getByText("and 1 more")).toBeTruthy();
    expect(dialog().getByText(/^What git ignores, such as .env files and build output, goes for good with the folder/)).toBeTruthy();
    expect(dialog().getByText(/a checkpoint of its files stay in the repository/)).toBeTruthy();
    const go = () => dialog().getByRole<HTMLButtonElement>("button", { name: "Delete it" });
    for (const box of dialog().getAllByRole("checkbox")) {
      expect(go().disabled).toBe(true);
      await userEvent.click(box);
    }
    await press("Delete it");
    expect(link.asked).toEqual([{ method: "delete_workspace", params: { workspace: "w2", despite: ["uncommitted", "untracked", "unmerged", "unpushed"] } }]);
  });

  it("WI23 asks anew about what came since the owner said yes", async () => {
    let risks = KNOWN_RISKS.risks.slice(0, 1);
    const scene = SCENES["shelved"] as Scene;
    const link = new CannedLink({
      ...scene,
      replies: {
        ...scene.replies,
        risks: () => ({ ...KNOWN_RISKS, risks }),
        delete_workspace: () => {
          risks = [{ kind: "uncommitted", found: { kind: "some", count: 5, first: ["src/main.rs"] } }];
          throw failure("at_risk", "This would be lost with the workspace: changes that are not committed (5). Nothing was changed.");
        },
      },
    });
    await renderOver(link, <App />);
    await unfoldArchive();
    await choose("fix-flaky-import", "Delete…");
    await userEvent.click(dialog().getByRole("checkbox"));
    await press("Delete it");
    expect(dialog().getByRole("alert").textContent).toContain("Nothing was changed");
    expect(await dialog().findByRole("checkbox", { name: "I know: 5 files have changes that are not committed" })).toHaveProperty("checked", false);
  });

  it("WI23 is the owner’s, also by keys alone and in the palette", async () => {
    await openWindow("shelved");
    await userEvent.keyboard("{Control>}{Shift>}p{/Shift}{/Control}");
    await userEvent.type(screen.getByRole("combobox"), "delete the workspace fix{Enter}");
    expect(dialog().getByText("What would be lost")).toBeTruthy();
    await press("Keep it");
    side().getByRole("button", { name: "What to do with auth-refactor" }).focus();
    await userEvent.keyboard("{Enter}{ArrowDown}{Enter}");
    expect(screen.getByRole("dialog", { name: "Fork auth-refactor" })).toBeTruthy();
  });

  it("WI23 keeps the sessions of a deleted one open", async () => {
    const directory = archived();
    const link = await openWindow("shelved");
    await act(async () => openSession("s7"));
    expect(screen.getByRole("tab", { name: /What the prices should be/ })).toBeTruthy();
    await act(async () => link.tell({ method: "directory", params: { ...directory, catalogue: 1 } }));
    expect(screen.getByRole("tab", { name: /What the prices should be/ })).toBeTruthy();
  });

  it("WI23 offers guests nothing of it", async () => {
    await openWindow("guest");
    expect(screen.queryByRole("button", { name: /^What to do with/ })).toBeNull();
  });
});

import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { Door, letIn, Room } from "../pages/room.mjs";
import { program } from "../support/programs.mjs";
import { onStage } from "../support/stage.mjs";
import { agent, session } from "../support/work.mjs";

const SCRIPT = { turns: [{ steps: [{ say: "Heard." }] }] };

class Shell {
  /** @param {import("playwright-core").Page} page */
  constructor(page) {
    this.page = page;
    this.section = page.getByRole("region", { name: /^Terminal/ });
    this.screen = this.section.locator("[data-terminal]");
  }

  /** @param {string} line */
  async says(line) {
    await this.screen.click();
    await this.page.keyboard.type(line);
    await this.page.keyboard.press("Enter");
  }

  /** @param {RegExp} words */
  async shows(words) {
    await this.screen.locator(".xterm-rows").filter({ hasText: words }).waitFor();
  }
}

async function opened(stage) {
  await agent(stage, "patient", SCRIPT);
  const link = await stage.host.start();
  const { worktree } = await session(stage, "patient");
  const ada = new Room(await stage.person());
  await ada.open(link);
  await ada.choose("Together");
  await ada.page.getByRole("button", { name: "Terminals" }).click();
  await ada.page.getByRole("button", { name: "New terminal" }).click();
  const shell = new Shell(ada.page);
  await shell.shows(/[$#%>]/);
  return { ada, shell, worktree };
}

test(
  "TE3 TE4 TE6 a shell in the worktree takes keys and a new size, and is as it was after a reload",
  onStage(async (stage) => {
    const { ada, shell, worktree } = await opened(stage);
    await shell.says("pwd; echo $((6*7))$TERM");
    await shell.shows(new RegExp(path.basename(worktree)));
    await shell.shows(/42xterm-256color/);
    // Keys of the page are the shell's while it is typed into.
    await ada.page.keyboard.press("Control+k");
    assert.equal(await ada.page.getByRole("dialog").count(), 0);
    // A program waits for another size than it was started with, and then for the one of a smaller window.
    await shell.says("until [ \"$(stty size)\" != '24 80' ]; do :; done; was=$(stty size); echo fit'ted'");
    await shell.shows(/fitted/);
    await ada.page.setViewportSize({ width: 1000, height: 700 });
    await shell.says("until [ \"$(stty size)\" != \"$was\" ]; do :; done; echo me'asured'");
    await shell.shows(/measured/);
    await ada.page.reload();
    await shell.shows(/42xterm-256color/);
    await shell.says("exit 3");
    await shell.section.getByText("Its shell has ended (exit code 3).").waitFor();
  }),
);

/** A guest who may watch the terminals, in front of the owner's, and all that their browser is sent. */
async function watcher(stage, ada) {
  const { invite } = await stage.host.conclave("share", "new", "--workspace", "together", "--preset", "collaborator", "--terminal", "view");
  const link = new URL(invite.link);
  link.hostname = "127.0.0.1";
  const bea = new Room(await stage.person());
  const frames = [];
  bea.page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => frames.push(payload.toString())));
  await new Door(bea.page).knock(link.href, "Bea");
  await letIn(ada.page, "Bea");
  await bea.message.waitFor();
  await bea.page.getByRole("button", { name: "Terminals" }).click();
  await bea.page.getByRole("button", { name: "Terminal 1 of Ada" }).click();
  const shell = new Shell(bea.page);
  await shell.section.getByText("You can watch this terminal, not type into it.").waitFor();
  return { bea, theirs: shell, wasSent: (words) => frames.some((frame) => frame.includes(words)) };
}

test(
  "TE8 GR3 a guest who may view sees what is typed, what they type goes nowhere, and removed they are sent no more",
  onStage(async (stage) => {
    const { ada, shell, worktree } = await opened(stage);
    const { bea, theirs, wasSent } = await watcher(stage, ada);
    await shell.says("echo sh'own to all'");
    await theirs.shows(/shown to all/);
    await theirs.says("touch intruded");
    await shell.says("touch after; ls; echo af'terwards'");
    await theirs.shows(/afterwards/);
    assert.doesNotMatch(await theirs.screen.locator(".xterm-rows").innerText(), /intruded/);
    assert.deepEqual((await readdir(worktree)).filter((name) => !name.startsWith(".")), ["README.md", "after"]);

    await ada.message.click();
    await ada.about("Bea", /^Remove from/);
    await ada.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await bea.page.getByText("You were removed from this share").waitFor();
    await theirs.screen.waitFor({ state: "detached" });
    await shell.says("echo un'seen'");
    await shell.shows(/unseen/);
    assert.ok(wasSent("shown to all") && !wasSent("unseen"), "what came after the removal");
  }),
);

test(
  "GR8 a shell of the host does not speak for its owner",
  onStage(async (stage) => {
    const { shell } = await opened(stage);
    await shell.says(`${program("conclave")} --data ${stage.data} session list`);
    await shell.shows(/do not speak for its owner/);
  }),
);

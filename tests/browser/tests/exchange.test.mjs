import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { Room } from "../pages/room.mjs";
import { onStage, text } from "../support/stage.mjs";
import { agent, checkout, git } from "../support/work.mjs";

const SCRIPT = { turns: [{ steps: [{ edit: { path: "README.md", append: "It greets everybody.\n" } }, { say: "Everybody is greeted." }] }] };

/** Its effect is a file that git ignores. */
const SETUP = { ".conclave/setup.sh": "#!/bin/sh\necho \"set up\" > ready\necho it is ready\n", ".gitignore": "ready\n" };

/** The bare repository that this one's branches go to. */
async function origin(stage, folder) {
  const bare = path.join(stage.folder, "origin", "ledger.git");
  await git(stage.folder, "clone", "-q", "--bare", folder, bare);
  return bare;
}

/** The owner at their page, on whose host nothing is yet. */
async function owner(stage) {
  await agent(stage, "writer", SCRIPT);
  const link = await stage.host.start();
  const ada = new Room(await stage.person());
  await ada.open(link);
  return ada;
}

async function place(stage, name) {
  return (await stage.host.conclave("workspace", "list")).workspaces.find((one) => one.name === name).path;
}

test(
  "WS21 WS23 WI26 WI30 a repository is cloned once its address is right, and its set-up script runs once it was read",
  onStage(async (stage) => {
    const bare = await origin(stage, await checkout(stage, SETUP));
    const ada = await owner(stage);
    const { page } = ada;
    await page.getByRole("button", { name: "Add repository" }).click();
    const dialog = page.getByRole("dialog", { name: "Add repository" });
    await dialog.getByRole("button", { name: "Clone an address" }).click();
    const address = dialog.getByRole("textbox", { name: "Address to clone from" });
    await address.fill(`${bare}-of-nobody`);
    await dialog.getByRole("button", { name: "Clone", exact: true }).click();
    await dialog.getByRole("alert").filter({ hasText: /nothing was made\. Check the address\..* does not exist/ }).waitFor();
    assert.equal(await address.inputValue(), `${bare}-of-nobody`);
    await address.fill(bare);
    await dialog.getByRole("textbox", { name: /^Into which folder/ }).fill(path.join(stage.folder, "clones", "ledger"));
    await dialog.getByRole("button", { name: "Clone", exact: true }).click();
    await dialog.waitFor({ state: "detached" });
    assert.equal(await text(stage.folder, "clones/ledger/README.md"), "# Greeter\n");

    const repository = page.getByRole("navigation").getByRole("group", { name: "ledger" });
    const make = async (name) => {
      await repository.getByRole("button", { name: "New workspace in ledger" }).click();
      await repository.getByRole("textbox").fill(name);
      await repository.getByRole("button", { name: "Create" }).click();
    };
    await make("first");
    const setup = page.getByRole("dialog", { name: "Set up first?" });
    await setup.getByRole("region", { name: "The set-up script" }).getByText('echo "set up" > ready').waitFor();
    const first = await place(stage, "first");
    await assert.rejects(text(first, "ready"), { code: "ENOENT" });
    await setup.getByRole("button", { name: "Trust and run" }).click();
    await page.getByRole("region", { name: "Set-up · first" }).locator(".xterm-rows").getByText("it is ready").waitFor();
    assert.equal(await text(first, "ready"), "set up\n");

    await make("second");
    await page.locator('[data-kind="done"]').getByText("The set-up script of the new workspace runs").waitFor();
    await page.getByRole("button", { name: "Show its terminal" }).click();
    await page.getByRole("region", { name: "Set-up · second" }).locator(".xterm-rows").getByText("it is ready").waitFor();
    assert.equal(await text(await place(stage, "second"), "ready"), "set up\n");
  }),
);

/** As GitHub's program answers; it keeps what it was asked. */
async function scriptGh(stage, address) {
  const heard = path.join(stage.folder, "heard");
  await mkdir(stage.host.programs);
  const script = `#!/bin/sh\n{ printf '%s\\n' "$@"; cat; } > '${heard}'\necho ${address}\n`;
  await writeFile(path.join(stage.host.programs, "gh"), script, { mode: 0o755 });
  return () => text(heard);
}

/** A session in this workspace, whose work is approved. */
async function works(ada, workspace) {
  const { page } = ada;
  await page.getByRole("button", { name: `New session in ${workspace}` }).click();
  await page.getByRole("dialog", { name: "New session with" }).getByRole("button", { name: "writer" }).click();
  await ada.say("Greet everybody.");
  await ada.press("README.md", "Allow once");
  await ada.turnEnds("completed");
  await page.getByRole("button", { name: "Changes", exact: true }).click();
  await page.getByRole("button", { name: "Approve all" }).click();
  const dialog = page.getByRole("dialog", { name: "Approve changes" });
  await dialog.getByRole("textbox", { name: "Message of the commit" }).fill("Greet everybody");
  await dialog.getByRole("button", { name: "Approve", exact: true }).click();
  await page.getByText("Nothing waits to be approved").waitFor();
}

test(
  "WS14 WS22 WI28 WI29 a worktree made by hand becomes a workspace, whose work is approved, pushed and asked to be taken in",
  onStage(async (stage) => {
    const heard = await scriptGh(stage, "https://example.org/ledger/pull/7");
    const folder = await checkout(stage);
    const bare = await origin(stage, folder);
    await git(folder, "remote", "add", "origin", bare);
    await git(folder, "config", "user.name", "Ada");
    await git(folder, "config", "user.email", "ada@example.org");
    const byHand = path.join(stage.folder, "by-hand");
    await git(folder, "worktree", "add", "-q", "-b", "by-hand", byHand);
    const ada = await owner(stage);
    const { page } = ada;
    await stage.host.conclave("repo", "add", folder);

    const tree = page.getByRole("navigation");
    await tree.getByRole("button", { name: "What to do with the repository greeter" }).click();
    await page.getByRole("menuitem", { name: "Worktrees…" }).click();
    const worktrees = page.getByRole("dialog", { name: "Worktrees of greeter" });
    const row = worktrees.getByRole("listitem").filter({ hasText: byHand });
    await row.getByText("Branch by-hand").waitFor();
    await row.getByText(/^\d+(\.\d+)? (bytes|KiB)$/).waitFor();
    await row.getByRole("button", { name: "Make it a workspace" }).click();
    await worktrees.getByText("There are none: every worktree of this repository is a workspace.").waitFor();
    await worktrees.getByRole("button", { name: "Done" }).click();
    assert.equal(await place(stage, "by-hand"), byHand);

    await works(ada, "by-hand");

    await page.getByRole("button", { name: "1 approved" }).click();
    await page.getByRole("dialog", { name: "Approved" }).getByRole("button", { name: "Push" }).click();
    const push = page.getByRole("dialog", { name: "Push by-hand?" });
    await push.getByText("It was not pushed before.").waitFor();
    await push.getByRole("button", { name: "Push" }).click();
    await page.locator('[data-kind="done"]').getByText("by-hand is at origin").waitFor();
    assert.equal(await git(bare, "log", "--format=%s", "main..by-hand"), "Greet everybody\n");

    await page.getByRole("button", { name: "Open a pull request…" }).click();
    const pull = page.getByRole("dialog", { name: "Open a pull request for by-hand" });
    const title = pull.getByRole("textbox", { name: "Title" });
    await title.waitFor();
    assert.equal(await title.inputValue(), "Greet everybody");
    await pull.getByRole("textbox", { name: "What it is about" }).fill("So that nobody is left out.");
    await pull.getByRole("button", { name: "Open it" }).click();
    const link = pull.getByRole("link", { name: "https://example.org/ledger/pull/7" });
    await link.waitFor();
    assert.equal(await link.getAttribute("href"), "https://example.org/ledger/pull/7");
    assert.match(await heard(), /^pr\ncreate\n--head\nby-hand\n--title\nGreet everybody\n[\s\S]*So that nobody is left out\./);
    await pull.getByRole("button", { name: "Done" }).click();
    await ada.transcript.getByRole("link", { name: "https://example.org/ledger/pull/7" }).waitFor();
  }),
);

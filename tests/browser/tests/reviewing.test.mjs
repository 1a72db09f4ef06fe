import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import test from "node:test";
import { promisify } from "node:util";
import { Door, fits, letIn, PHONE, Room } from "../pages/room.mjs";
import { bringCertificate } from "../support/certificate.mjs";
import { onStage } from "../support/stage.mjs";
import { agent, session } from "../support/work.mjs";

const run = promisify(execFile);

const SCRIPT = {
  turns: [{ steps: [{ edit: { path: "README.md", append: "It greets everybody, by name where somebody gives one.\n" } }, { edit: { path: "src/greet.js", append: "export const greet = (name = \"friend\") => `Hello, ${name}`;\n" } }, { say: "Everybody is greeted." }] }],
};

/** A session with changes that wait for somebody, and a guest on a phone who may approve them. */
async function waiting(stage) {
  await agent(stage, "writer", SCRIPT);
  const link = await stage.host.start();
  const { worktree } = await session(stage, "writer");
  await bringCertificate(stage);
  const ada = new Room(await stage.person());
  await ada.open(link);
  await ada.choose("Together");
  const { invite } = await stage.host.conclave("share", "new", "--workspace", "together", "--preset", "co-host");
  const bea = new Room(await stage.person(PHONE));
  await new Door(bea.page).knock(invite.link, "Bea");
  await letIn(ada.page, "Bea");
  await bea.message.waitFor();
  await ada.say("Greet everybody.");
  await ada.press("README.md", "Allow once");
  await bea.press("src/greet.js", "Allow once");
  await bea.sees("2 files changed");
  return { ada, bea, worktree };
}

test(
  "CH3 CH6 PA11 on a phone a guest who may approve reads what changed, marks it and approves, and the owner is told",
  onStage(async (stage) => {
    const { ada, bea, worktree } = await waiting(stage);
    const { page } = bea;
    await fits(page, "a turn's end");
    await page.getByRole("button", { name: "What is in this workspace" }).tap();
    await page.getByRole("button", { name: "Changes", exact: true }).tap();
    await page.getByText("0 of 2 viewed").waitFor();
    await fits(page, "the changes");
    await page.getByRole("navigation", { name: "Changed files" }).getByRole("button", { name: /greet\.js/ }).tap();
    const file = page.getByRole("region", { name: "src/greet.js", exact: true });
    await file.getByText("export const greet").waitFor();
    await fits(page, "one file's change");
    await file.getByRole("checkbox", { name: "Viewed" }).check();
    await page.getByText("1 of 2 viewed").waitFor();
    await page.getByRole("button", { name: "All files" }).tap();

    await page.getByRole("button", { name: "Approve all" }).tap();
    const dialog = page.getByRole("dialog", { name: "Approve changes" });
    await dialog.getByRole("textbox", { name: "Message of the commit" }).fill("Greet by name");
    await fits(page, "the words of a commit");
    await dialog.getByRole("button", { name: "Approve", exact: true }).tap();
    await page.getByText("Nothing waits to be approved").waitFor();
    await fits(page, "what is left");

    await ada.sees(/^Bea approved 2 files: Greet by name/);
    const { stdout } = await run("git", ["log", "-1", "--format=%s", "--name-only"], { cwd: worktree });
    assert.deepEqual(stdout.split("\n").filter(Boolean), ["Greet by name", "README.md", "src/greet.js"]);
    assert.equal(await page.getByRole("button", { name: /^Apply to/ }).count(), 0, "the base branch is the owner's");
  }),
);

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { promisify } from "node:util";
import { agent, session } from "../../browser/support/work.mjs";
import { onDesktop } from "../support/desktop.mjs";
import { CONTROL, ENTER } from "../support/driver.mjs";
import { until } from "../support/until.mjs";

const run = promisify(execFile);

const COMMENT = "Say where the reader can help.";
const ONE = "# Greeter\nIt greets everybody.\n";
const TWO = "# Greeter\nIt greets everybody, and HELP.md says how to help.\n";
/** The second turn is played only for whoever reads the comment. */
const SCRIPT = {
  turns: [
    { when: COMMENT, steps: [{ edit: { path: "README.md", find: "everybody.", replace: "everybody, and HELP.md says how to help." } }, { edit: { path: "HELP.md", append: "Write a test.\n" } }, { say: "HELP.md it is." }] },
    { steps: [{ edit: { path: "README.md", append: "It greets everybody.\n" } }, { say: "Everybody is greeted." }] },
  ],
};

test(
  "CH2 CH4 CH6 CH8 CH9 in the window a comment makes a second turn, the work goes to the base branch, and a rewind is undone",
  onDesktop(async (desktop) => {
    await agent(desktop, "writer", SCRIPT);
    const window = await desktop.start();
    const { worktree } = await session({ ...desktop, host: desktop }, "writer");
    const repository = path.join(desktop.folder, "greeter");
    const git = async (...args) => (await run("git", args, { cwd: repository })).stdout;
    await git("config", "user.name", "Ada");
    await git("config", "user.email", "ada@example.org");

    await window.press("Together");
    await window.type("Message", "Greet everybody.");
    await window.press("Send");
    await window.press("Allow once");
    await window.sees("Everybody is greeted.");
    await window.sees("1 file changed");
    await window.press("Changes");
    await window.sees("Changes from Ada");
    await window.press("Next file");
    await window.press("Comment on: Line 2");
    await window.type("Comment", `${COMMENT}${CONTROL}${ENTER}`);
    await window.sees("1 comment on changes");
    await desktop.picture("work-comment");

    await window.type("Message", "Do as I say there.");
    await window.press("Send");
    await window.press("Allow once");
    await window.press("Allow once");
    await window.sees("HELP.md it is.");
    await window.sees("2 files changed");
    assert.equal(await readme(worktree), TWO);
    await desktop.picture("work-second-turn");

    await window.press("Approve all");
    await window.write("Message of the commit", "Greet and ask for help");
    await desktop.picture("work-approve");
    await window.press("Approve");
    await window.sees("Nothing waits to be approved");
    await desktop.picture("work-approved");
    await window.press("Apply to main");
    await window.sees("Apply the work to main?");
    await window.press("Apply to main");
    await window.sees("applied the work to main");
    assert.equal(await git("log", "-1", "--format=%s", "main"), "Greet and ask for help\n");
    assert.equal(await git("show", "main:README.md"), TWO);
    assert.equal(await git("show", "main:HELP.md"), "Write a test.\n");
    assert.equal(await readme(repository), TWO);
    await desktop.picture("work-applied");

    await window.press("Rewind");
    await window.choose("Files");
    await window.sees("2 files go back:");
    await desktop.picture("work-rewind");
    await window.press("Rewind");
    await window.sees("The files are back to before the turn");
    assert.doesNotMatch(await window.text(), /taken back by/);
    assert.equal(await readme(worktree), ONE);
    await window.sees(/2 files changed\s*0 of 2 viewed/);
    await assert.rejects(readFile(path.join(worktree, "HELP.md")), { code: "ENOENT" });
    await desktop.picture("work-rewound");
    await window.press("Undo");
    await until("the files are as they were", async () => (await readme(worktree)) === TWO);
    assert.equal(await readFile(path.join(worktree, "HELP.md"), "utf8"), "Write a test.\n");
    await window.sees("The files are as they were before");
    await window.sees("Nothing waits to be approved");
    await desktop.picture("work-undone");
  }),
);

/** @param {string} folder */
function readme(folder) {
  return readFile(path.join(folder, "README.md"), "utf8");
}

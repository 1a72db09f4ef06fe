import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { promisify } from "node:util";
import { until } from "../pages/room.mjs";
import { onStage, text } from "../support/stage.mjs";

const run = promisify(execFile);

test(
  "FI2 FI3 CH2 CH4 what the agent edits stands among the changes while it works, line by line",
  onStage(async (stage) => {
    const room = await stage.rehearsal();
    const { page } = room;
    await page.getByRole("button", { name: "Changes", exact: true }).click();
    await page.getByText("Nothing waits to be approved").waitFor();

    await room.say("Make the greeting safe for nobody.");
    await room.press("src/greet.js", "Allow once");
    const files = page.getByRole("navigation", { name: "Changed files" });
    await files.getByRole("button", { name: /greet\.js/ }).click();
    const file = page.getByRole("region", { name: "src/greet.js", exact: true });
    await file.getByText('const name = given?.trim() || "friend";').waitFor();
    await file.getByRole("checkbox", { name: "Viewed" }).check();

    await file.getByRole("button", { name: /^Comment on: Line \d+$/ }).first().click();
    await file.getByRole("textbox", { name: "Comment" }).fill("Say who the friend is.");
    await page.keyboard.press("Control+Enter");
    await page.reload();
    await page.getByRole("button", { name: "1 comment", exact: true }).waitFor();
    await page.getByRole("button", { name: "1 comment on changes" }).waitFor();
    await page.getByRole("navigation", { name: "Changed files" }).getByRole("button", { name: /greet\.js/ }).click();
    await file.getByText("Say who the friend is.").waitFor();

    await room.press("Test the greeting", "Approve");
    await room.press("test/greet.test.js", "Allow once");
    await page.getByText("2 files changed").first().waitFor();
    await page.getByText("1 of 2 viewed").waitFor();
    await page.reload();
    await page.getByText("1 of 2 viewed").waitFor();
  }),
);

test(
  "WS7 WS8 WS10 CH6 CH8 CH9 work is approved and applied, taken back and back again, and its turn rewound",
  onStage(async (stage) => {
    const room = await stage.rehearsal();
    const { page } = room;
    const [workspace] = (await stage.host.conclave("workspace", "list")).workspaces;
    const [repository] = (await stage.host.conclave("repo", "list")).repositories;
    await run("git", ["config", "user.name", "Ada"], { cwd: repository.path });
    await run("git", ["config", "user.email", "ada@example.org"], { cwd: repository.path });

    await room.say("Make the greeting safe for nobody.");
    await room.press("src/greet.js", "Allow once");
    await room.press("Test the greeting", "Approve");
    await room.press("test/greet.test.js", "Allow once");
    await room.card("Question").getByRole("radio", { name: "Hello" }).check();
    await room.press("Which greeting", "Answer");
    await room.turnEnds("completed");
    await room.sees("2 files changed");

    await page.getByRole("button", { name: "Changes", exact: true }).click();
    await page.getByRole("button", { name: "Approve all" }).click();
    const dialog = page.getByRole("dialog").last();
    await dialog.getByRole("textbox", { name: "Message of the commit" }).fill("Greet a friend");
    await dialog.getByRole("button", { name: "Approve", exact: true }).click();
    await page.getByText("Nothing waits to be approved").waitFor();
    await page.getByRole("button", { name: "1 approved" }).click();
    await page.getByRole("dialog", { name: "Approved" }).getByRole("button", { name: /^Apply to/ }).click();
    await page.getByRole("dialog", { name: /^Apply the work/ }).getByRole("button", { name: /^Apply to/ }).click();
    await room.sees(/applied the work/);
    assert.match(await text(repository.path, "src/greet.js"), /friend/);

    await writeFile(path.join(workspace.path, "notes.md"), "By hand.\n");
    await page.reload();
    await page.getByText("Changes by hand").waitFor();
    await page.getByRole("button", { name: "Take all back" }).click();
    await dialog.getByRole("button", { name: "Take back" }).click();
    await page.getByText("Nothing waits to be approved").waitFor();
    await assert.rejects(text(workspace.path, "notes.md"));
    await page.getByRole("button", { name: "Undo" }).click();
    await until(async () => (await text(workspace.path, "notes.md").catch(() => "")) === "By hand.\n");

    await room.transcript.getByRole("button", { name: "Rewind" }).click();
    await dialog.getByText(/go back:$/).waitFor();
    await dialog.getByRole("button", { name: "Rewind" }).click();
    await room.sees(/^1 turn was taken back by/);
    await until(async () => !/friend/.test(await text(workspace.path, "src/greet.js").catch(() => "friend")));
  }),
);

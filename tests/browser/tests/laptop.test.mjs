import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import test from "node:test";
import { promisify } from "node:util";
import { fits } from "../pages/room.mjs";
import { onStage } from "../support/stage.mjs";

const run = promisify(execFile);
const LAPTOP = { viewport: { width: 1024, height: 768 } };

/** It can be pressed without scrolling to it. @param {import("playwright-core").Locator} verb @param {string} what */
async function inSight(verb, what) {
  await verb.waitFor();
  const { width, height } = verb.page().viewportSize();
  const at = await verb.boundingBox();
  assert.ok(at.x >= 0 && at.y >= 0 && at.x + at.width <= width && at.y + at.height <= height, `${what} is at ${JSON.stringify(at)}`);
}

test(
  "CH6 WI4 in a window of 1024 pixels a prompt, its cards, the changes and their approval are in sight, and nothing is wider",
  onStage(async (stage) => {
    const room = await stage.rehearsal(LAPTOP);
    const { page } = room;
    const [repository] = (await stage.host.conclave("repo", "list")).repositories;
    await run("git", ["config", "user.name", "Ada"], { cwd: repository.path });
    await run("git", ["config", "user.email", "ada@example.org"], { cwd: repository.path });
    await inSight(room.composer, "the composer");
    await fits(page, "an empty session");

    await room.say("Make the greeting safe for nobody.");
    await inSight(room.cards.getByRole("button", { name: "Allow once" }), "the leave for an edit");
    await room.press("src/greet.js", "Allow once");
    await inSight(room.card("Plan").getByRole("button", { name: "Approve" }), "the vote on a plan");
    await fits(page, "a plan");
    await room.press("Test the greeting", "Approve");
    await room.press("test/greet.test.js", "Allow once");
    await room.card("Question").getByRole("radio", { name: "Hello" }).check();
    await inSight(room.card("Question").getByRole("button", { name: "Answer" }), "the answer");
    await inSight(room.composer, "the composer below a question");
    await fits(page, "a question");
    await room.press("Which greeting", "Answer");
    await room.turnEnds("completed");

    await page.getByRole("button", { name: "Changes", exact: true }).click();
    const files = page.getByRole("navigation", { name: "Changed files" });
    await files.getByRole("button", { name: /greet\.js/ }).click();
    await page.getByRole("region", { name: "src/greet.js", exact: true }).getByText('const name = given?.trim() || "friend";').waitFor();
    await inSight(page.getByRole("button", { name: "Approve all" }), "the approval");
    await inSight(room.composer, "the composer beside the changes");
    await fits(page, "the changes");
    await page.getByRole("button", { name: "Approve all" }).click();
    const dialog = page.getByRole("dialog", { name: "Approve changes" });
    await dialog.getByRole("textbox", { name: "Message of the commit" }).fill("Greet a friend");
    await inSight(dialog.getByRole("button", { name: "Approve", exact: true }), "the commit");
    await dialog.getByRole("button", { name: "Approve", exact: true }).click();
    await page.getByText("Nothing waits to be approved").waitFor();
    await room.sees(/^Ada approved 2 files: Greet a friend/);
    await inSight(page.getByRole("button", { name: "1 approved" }), "what was approved");
    await fits(page, "what was approved");
  }),
);

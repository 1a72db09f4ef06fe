import assert from "node:assert/strict";
import test from "node:test";
import { company } from "../support/company.mjs";
import { onStage, text } from "../support/stage.mjs";

const GREETED = "Everybody is greeted.";
/** Nobody asks with the agent's own words: the first turn is played for who was told what was said before a fork. */
const SCRIPT = {
  turns: [
    { when: GREETED, steps: [{ say: "I was told, and go on." }] },
    { when: "By name.", steps: [{ say: "By name it is." }] },
    { when: "Ask for help.", steps: [{ edit: { path: "HELP.md", append: "Write a test.\n" } }, { say: "HELP.md asks for it." }] },
    { steps: [{ edit: { path: "README.md", append: "It greets everybody.\n" } }, { say: GREETED }] },
  ],
};

/** Who asked what, in order. @param {import("../pages/room.mjs").Room} room */
async function asked({ transcript }) {
  const all = await transcript.getByRole("article", { name: /^Prompt by/ }).all();
  return Promise.all(all.map(async (one) => `${await one.getAttribute("aria-label")}: ${await one.locator("p").last().innerText()}`));
}

/** A session with a turn of the owner's, one of a guest's, and another one of the owner's. */
async function three(stage) {
  const { ada, guests, worktree } = await company(stage, "writer", SCRIPT, ["Bea"]);
  const [{ room: bea }] = guests;
  await ada.say("Greet everybody.");
  await ada.press("README.md", "Allow once");
  await ada.sees(GREETED);
  await ada.lock.waitFor({ state: "detached" });
  await bea.say("By name.");
  await ada.sees("By name it is.");
  await ada.lock.waitFor({ state: "detached" });
  await ada.say("Ask for help.");
  await ada.press("HELP.md", "Allow once");
  await ada.sees("HELP.md asks for it.");
  await ada.lock.waitFor({ state: "detached" });
  return { ada, bea, worktree };
}

test(
  "WS19 WS24 a session is forked with the files of before a turn, and as a whole beside itself, and each goes on",
  onStage(async (stage) => {
    const { ada, bea, worktree } = await three(stage);
    const { page } = ada;
    await ada.transcript.getByText("Ask for help.", { exact: true }).hover();
    await ada.transcript.getByRole("button", { name: "What to do about a prompt" }).last().click();
    await page.getByRole("button", { name: "Fork from here…" }).click();
    const before = page.getByRole("dialog", { name: "Fork from before this turn" });
    await before.getByRole("textbox", { name: "Title of the session" }).fill("Without help");
    await before.getByRole("radio", { name: /^In a new workspace/ }).check();
    await before.getByRole("textbox", { name: "Name of the workspace" }).fill("apart");
    await before.getByRole("button", { name: "Fork it" }).click();
    await ada.sees(/^Ada began here with the 2 turns of #1/);
    await ada.sees("By name it is.");
    assert.deepEqual(await asked(ada), ["Prompt by Ada: Greet everybody.", "Prompt by Bea: By name."]);
    const { workspaces } = await stage.host.conclave("workspace", "list");
    const apart = workspaces.find(({ name }) => name === "apart").path;
    assert.equal(await text(apart, "README.md"), "# Greeter\nIt greets everybody.\n");
    await assert.rejects(text(apart, "HELP.md"), { code: "ENOENT" });
    assert.equal(await text(worktree, "HELP.md"), "Write a test.\n");
    await ada.say("Go on.");
    await ada.sees("I was told, and go on.");

    await ada.choose("Together");
    await page.getByRole("button", { name: "Session menu" }).click();
    await page.getByRole("button", { name: "Fork…" }).click();
    const whole = page.getByRole("dialog", { name: "Fork this session" });
    await whole.getByRole("textbox", { name: "Title of the session" }).fill("Beside");
    await whole.getByRole("button", { name: "Fork it" }).click();
    await bea.choose("Beside");
    await bea.sees(/^Ada began here with the 3 turns of #1/);
    await bea.say("I go on here.");
    await bea.sees("I was told, and go on.");
    const [first, second, ...more] = await asked(bea);
    assert.deepEqual([first, second], ["Prompt by Ada: Greet everybody.", "Prompt by Bea: By name."]);
    assert.deepEqual(more, ["Prompt by Ada: Ask for help.", "Prompt by Bea: I go on here."]);
  }),
);

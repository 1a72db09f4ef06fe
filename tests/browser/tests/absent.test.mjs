import { writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { Room } from "../pages/room.mjs";
import { company } from "../support/company.mjs";
import { onStage } from "../support/stage.mjs";

const SCRIPT = {
  turns: [
    {
      when: "Move",
      steps: [{ gate: { file: "go" } }, { plan: { text: "# Move the greeting\n\n1. Move it\n", on_approve: [{ say: "It is moved." }] } }],
    },
    { steps: [{ say: "I have heard that." }] },
  ],
};

/** @param {import("../support/stage.mjs").Stage} stage */
async function two(stage) {
  const { ada, guests, worktree } = await company(stage, "mover", SCRIPT, ["Bea"]);
  const [{ room: bea, door }] = guests;
  await bea.say("Move the greeting.");
  await ada.seesDriver("Bea is driving");
  return { ada, bea, door, go: () => writeFile(path.join(worktree, "go"), "") };
}

test(
  "BA5 the owner goes on without a voter who has gone, who is told of it when she comes back",
  onStage(async (stage) => {
    const { ada, bea, door, go } = await two(stage);
    await go();
    await bea.card("Plan").waitFor();
    const tab = await bea.page.context().newPage();
    await bea.page.close();
    await ada.press("Move it", "Approve");
    await ada.card("Plan").getByText("waiting for Bea").waitFor();
    await ada.press("Move it", "Go on without Bea");
    await ada.sees("It is moved.");

    await tab.goto(door);
    const again = new Room(tab);
    await again.sees("The owner went on without Bea");
    const away = tab.getByRole("region", { name: "While you were away" });
    await away.getByRole("button", { name: /1 decision/ }).click();
    await away.getByText("Plan approved: Move the greeting").waitFor();
    await away.getByRole("button", { name: "Dismiss" }).click();
    await away.waitFor({ state: "detached" });
  }),
);

test(
  "QU1 what waits is changed and taken out by who wrote it, and everybody reads the same",
  onStage(async (stage) => {
    const { ada, bea, go } = await two(stage);
    await ada.say("Count the words.");
    await ada.say("Count the letters.");
    await bea.queue.getByText("2 queued").waitFor();
    const words = ada.queue.getByRole("listitem").filter({ hasText: "Count the words." });
    await words.getByRole("button", { name: "Edit" }).click();
    await ada.queue.getByRole("textbox").fill("Count the lines.");
    await ada.queue.getByRole("button", { name: "Save" }).click();
    await bea.queue.getByText("Count the lines.").waitFor();
    const letters = ada.queue.getByRole("listitem").filter({ hasText: "Count the letters." });
    await letters.getByRole("button", { name: "Remove from queue" }).click();
    await bea.queue.getByText("Count the letters.").waitFor({ state: "detached" });

    await go();
    await ada.press("Move it", "Approve");
    await bea.press("Move it", "Approve");
    await bea.sees("Count the lines.");
    await bea.sees("I have heard that.");
    await bea.queue.waitFor({ state: "detached" });
  }),
);

import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { readTheSame } from "../pages/room.mjs";
import { company } from "../support/company.mjs";
import { onStage } from "../support/stage.mjs";

const SAID = "I count the words of this file and then I wait";
const SCRIPT = {
  turns: [
    { when: "Resume", steps: [{ say: "I go on." }] },
    { when: "interrupted", steps: [{ gate: { file: "go" } }, { say: "Here I am again." }] },
    { steps: [{ think: "Hm." }, { say: SAID }, { gate: { file: "never" } }] },
  ],
};

test(
  "two people see the same after a power cut in the middle of a sentence, and what waited still waits",
  onStage(async (stage) => {
    const { ada, guests, worktree } = await company(stage, "counter", SCRIPT, ["Bea"]);
    const [{ room: bea }] = guests;

    await bea.say("Count the words.");
    await ada.seesDriver("Bea is driving");
    await ada.say("Count the lines.");
    await bea.queue.getByText("Count the lines.").waitFor();
    await ada.sees(SAID);
    await bea.sees(SAID);

    await stage.host.kill();
    for (const room of [ada, bea]) await room.page.getByText("The host is out of reach.").waitFor();
    await stage.host.start();
    for (const room of [ada, bea]) {
      await room.turnEnds("interrupted");
      await room.queue.getByText("Count the lines.").waitFor();
      await room.queue.getByText("Held after the last turn did not end well").waitFor();
    }
    stage.forgiveLostLinks();
    await readTheSame(ada, bea);
    assert.equal(await ada.transcript.getByText(SAID).count(), 1, "what was said is there once");

    await bea.transcript.getByRole("button", { name: "Resume" }).click();
    await ada.seesDriver("Bea is driving");
    await writeFile(path.join(worktree, "go"), "");
    await ada.sees("Here I am again.");
    await bea.sees("Here I am again.");
    await ada.seesDriver("You are driving");
  }),
);

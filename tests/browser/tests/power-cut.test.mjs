import assert from "node:assert/strict";
import test from "node:test";
import { onStage } from "../support/stage.mjs";

const PROMPT = "Make the greeting safe for nobody.";
const SAID = "I would like to add a fallback.";

test(
  "a host that is killed in mid-turn comes back with the turn interrupted, nothing lost and nothing twice",
  onStage(async (stage) => {
    const ada = await stage.rehearsal();
    await ada.say(PROMPT);
    await ada.sees(SAID);
    await ada.card("Permission").waitFor();

    await stage.host.kill();
    await ada.page.getByText("The host is out of reach. What you wrote is kept.").waitFor();
    await ada.message.fill("A draft.");
    await stage.host.start();

    await ada.turnEnds("interrupted");
    stage.forgiveLostLinks();
    await ada.cards.waitFor({ state: "detached" });
    assert.equal(await ada.transcript.getByText(PROMPT).count(), 1);
    assert.equal(await ada.transcript.getByText(SAID).count(), 1);
    assert.equal(await ada.message.inputValue(), "A draft.");
    await ada.transcript.getByText("Permission request withdrawn: the turn ended").waitFor();

    await ada.transcript.getByRole("button", { name: "Resume" }).click();
    await ada.sees("Go on where you were interrupted.");
    await ada.seesDriver("You are driving");
    await ada.press("README.md", "Allow once");
    await ada.turnEnds("completed");
    assert.equal(await ada.transcript.getByRole("button", { name: "Resume" }).count(), 0);
    assert.deepEqual(await ada.ends(), ["interrupted", "completed"]);

    await ada.page.reload();
    await ada.sees("Go on where you were interrupted.");
    await ada.transcript.locator('[data-outcome="interrupted"]').waitFor();
    assert.deepEqual(await ada.ends(), ["interrupted", "completed"]);
    assert.equal(await ada.transcript.getByText(SAID).count(), 1);
  }),
);

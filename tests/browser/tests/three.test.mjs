import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { readTheSame } from "../pages/room.mjs";
import { company } from "../support/company.mjs";
import { onStage } from "../support/stage.mjs";

const SCRIPT = {
  turns: [
    {
      when: "Move",
      steps: [
        { gate: { file: "go" } },
        {
          plan: {
            text: "# Move the greeting\n\n1. Move it\n",
            on_approve: [{ say: "It is moved." }],
            on_reject: [{ say: "Then I think again." }],
          },
        },
      ],
    },
    { steps: [{ say: "I have heard that." }] },
  ],
};

/** @param {import("../support/stage.mjs").Stage} stage */
async function three(stage) {
  const { ada, guests, worktree } = await company(stage, "mover", SCRIPT, ["Bea", "Cai"]);
  const [bea, cai] = guests.map(({ room }) => room);
  return { ada, bea, cai, go: () => writeFile(path.join(worktree, "go"), "") };
}

test(
  "three people in one room: a prompt, the lock, the queue, a vote and a deny with its reason",
  onStage(async (stage) => {
    const { ada, bea, cai, go } = await three(stage);
    await bea.say("Move the greeting.");
    await ada.seesDriver("Bea is driving");
    await bea.seesDriver("You are driving");
    await cai.offers("Bea is driving. Write now, it goes out after this turn.");
    await cai.say("And then count it.");
    await bea.queue.getByText("And then count it.").waitFor();

    await cai.lock.getByRole("button", { name: "Ask to drive" }).click();
    await bea.lock.getByRole("button", { name: "Hand over to Cai" }).click();
    await cai.seesDriver("You are driving");
    await ada.lock.getByRole("button", { name: "Take over" }).click();
    await ada.seesDriver("You are driving");

    await go();
    await ada.press("Move it", "Approve");
    await bea.card("Plan").getByText("1 of 3").waitFor();
    await bea.press("Move it", "Approve");
    await cai.card("Plan").getByRole("button", { name: "Ask for changes" }).click();
    await cai.card("Plan").getByRole("textbox").fill("Keep the old one too.");
    await cai.card("Plan").getByRole("button", { name: "Send to the agent" }).click();
    await ada.sees("Cai sent the plan back: Keep the old one too.");
    await bea.sees("Cai sent the plan back: Keep the old one too.");
    await ada.sees("And then count it.");
    await ada.queue.waitFor({ state: "detached" });
    await readTheSame(ada, bea);
  }),
);

test(
  "the owner mutes and removes, each is told why, and who stays comes back after the host's restart",
  onStage(async (stage) => {
    const { ada, bea, cai } = await three(stage);
    await ada.about("Cai", "Mute");
    await cai.page.getByText("You are muted. You can watch; the owner can unmute you.").waitFor();
    await ada.about("Cai", "Unmute");
    await cai.say("I am back.");
    await ada.sees("I have heard that.");

    await ada.about("Bea", /^Remove from/);
    await ada.page.getByRole("dialog").getByRole("button", { name: "Remove", exact: true }).click();
    await bea.page.getByRole("heading", { name: "You were removed from this share" }).waitFor();
    await cai.people.getByRole("listitem").filter({ hasText: "Bea" }).waitFor({ state: "detached" });

    await stage.host.kill();
    for (const room of [ada, cai]) await room.page.getByText("The host is out of reach.").waitFor();
    await stage.host.start();
    for (const room of [ada, cai]) await room.page.getByText("The host is out of reach.").waitFor({ state: "detached" });
    stage.forgiveLostLinks();
    await cai.say("Is anybody there?");
    await ada.sees("Is anybody there?");
    await readTheSame(ada, cai);
    assert.equal(await ada.transcript.getByText("I am back.").count(), 1);
  }),
);

test(
  "a prompt that waits in a session which is not displayed: a row, a count of one, an answer, a count of none",
  onStage(async (stage) => {
    const { ada, bea, cai, go } = await three(stage);
    await stage.host.conclave("session", "new", "--workspace", "together", "--agent", "mover", "--title", "Elsewhere");
    await bea.say("Move the greeting.");
    await ada.seesDriver("Bea is driving");
    await ada.choose("Elsewhere");
    await cai.say("And then count it.");
    await cai.queue.getByText("1 queued").waitFor();
    await ada.inList("Together").getByText("1 queued").waitFor();
    assert.equal(await ada.transcript.getByText("And then count it.").count(), 0, "it is another session");

    await go();
    await bea.card("Plan").waitFor();
    await ada.choose("Together");
    await ada.queue.getByText("And then count it.").waitFor();
    await ada.queue.getByText("1 queued").waitFor();
    await ada.choose("Elsewhere");
    for (const room of [bea, cai]) await room.press("Move it", "Approve");
    await ada.inList("Together").getByText("1 queued").waitFor();
    await ada.choose("Together");
    await ada.press("Move it", "Approve");
    await ada.choose("Elsewhere");
    await cai.sees("I have heard that.");
    await ada.inList("Together").getByText("1 queued").waitFor({ state: "detached" });
    await ada.choose("Together");
    await ada.sees("I have heard that.");
    await ada.queue.waitFor({ state: "detached" });
    assert.equal(await ada.transcript.getByText("And then count it.").count(), 1);
    assert.equal(await ada.transcript.getByText("I have heard that.").count(), 1);
    await readTheSame(ada, cai);
  }),
);

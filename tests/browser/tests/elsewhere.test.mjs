import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { Room } from "../pages/room.mjs";
import { onStage } from "../support/stage.mjs";
import { agent, session } from "../support/work.mjs";

const SCRIPT = {
  turns: [
    { when: "First", steps: [{ gate: { file: "go" } }, { say: "The first is done." }] },
    { steps: [{ say: "The second is done." }] },
  ],
};

test(
  "a prompt queued in a session that is not displayed is counted, runs, and is not counted any more",
  onStage(async (stage) => {
    await agent(stage, "patient", SCRIPT);
    const link = await stage.host.start();
    const { worktree } = await session(stage, "patient");
    await stage.host.conclave("session", "new", "--workspace", "together", "--agent", "patient", "--title", "Apart");
    const ada = new Room(await stage.person());
    await ada.open(link);
    await ada.choose("Together");
    await ada.say("First this.");
    await ada.seesDriver("You are driving");
    await ada.say("Second that.");
    await ada.queue.getByText("Second that.").waitFor();

    await ada.choose("Apart");
    const row = ada.page.getByRole("navigation").getByRole("button").filter({ hasText: "Together" });
    await row.getByText("1 queued").waitFor({ state: "attached" });
    await writeFile(path.join(worktree, "go"), "");
    await row.getByText("1 queued").waitFor({ state: "detached" });

    await ada.choose("Together");
    await ada.sees("The second is done.");
    const rows = (await ada.words()).join("\n");
    assert.match(rows, /Second that\.[\s\S]*The second is done\./);
    assert.equal(await ada.queue.count(), 0);
  }),
);

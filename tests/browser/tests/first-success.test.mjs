import assert from "node:assert/strict";
import test from "node:test";
import { onStage, text } from "../support/stage.mjs";

test(
  "a first visitor plays the whole rehearsal, and only the worktree changes",
  onStage(async (stage) => {
    const room = await stage.rehearsal();
    assert.equal(new URL(room.page.url()).hash, "", "the one-time secret leaves the address bar");

    await room.say("Make the greeting safe for nobody.");
    await room.press("src/greet.js", "Allow once");
    await room.press("Test the greeting", "Approve");
    await room.press("test/greet.test.js", "Allow once");
    await room.card("Question").getByRole("radio", { name: "Hello" }).check();
    await room.press("Which greeting", "Answer");
    await room.turnEnds("completed");
    await room.sees("“Hello” it is");

    const [workspace] = (await stage.host.conclave("workspace", "list")).workspaces;
    const [repository] = (await stage.host.conclave("repo", "list")).repositories;
    assert.match(await text(workspace.path, "src/greet.js"), /friend/);
    assert.match(await text(workspace.path, "test/greet.test.js"), /friend/);
    assert.doesNotMatch(await text(repository.path, "src/greet.js"), /friend/);
    assert.doesNotMatch(await text(repository.path, "test/greet.test.js"), /friend/);
  }),
);

import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { onStage } from "../support/stage.mjs";

test(
  "LO6 the owner saves a session's log from the page, and the command line proves it",
  onStage(async (stage) => {
    const { page } = await stage.rehearsal();
    await page.getByRole("button", { name: "Session menu" }).click();
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save the log" }).click(),
    ]);
    assert.equal(saved.suggestedFilename(), "conclave-session-1.jsonl");
    const file = path.join(stage.folder, "saved.jsonl");
    await saved.saveAs(file);
    const proof = await stage.host.conclave("log", "verify", file);
    assert.equal(proof.kind, "verified");
    assert.ok(proof.events > 1, "it holds events");
  }),
);

import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { onStage } from "../support/stage.mjs";

test(
  "a path without a repository is refused in words that say what to do, and stays to be mended",
  onStage(async (stage) => {
    const ada = await stage.rehearsal();
    const missing = path.join(stage.folder, "nowhere");
    await ada.page.getByRole("button", { name: "Add repository" }).click();
    const dialog = ada.page.getByRole("dialog", { name: "Add repository" });
    const field = dialog.getByRole("textbox", { name: "Path of a git repository on the host" });

    await field.fill(missing);
    await dialog.getByRole("button", { name: "Add repository" }).click();
    const wrong = dialog.getByRole("alert");
    await wrong.getByText(`There is no folder at ${missing}.`).waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true");

    await field.fill(stage.folder);
    await dialog.getByRole("button", { name: "Add repository" }).click();
    await wrong.getByText("is not a git repository").waitFor();
    assert.equal(await wrong.getByText("There is no folder").count(), 0, "the last try's words are gone");
    assert.doesNotMatch(await wrong.innerText(), /`/);
    assert.equal(await field.inputValue(), stage.folder);
    const { repositories } = await stage.host.conclave("repo", "list");
    assert.equal(repositories.length, 1, "only the sample is there");
  }),
);

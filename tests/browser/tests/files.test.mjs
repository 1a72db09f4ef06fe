import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { onStage, text } from "../support/stage.mjs";

test(
  "FI7 FI8 FI10 a file is read, written by hand and saved, and nothing is written over what came meanwhile",
  onStage(async (stage) => {
    const room = await stage.rehearsal();
    const { page } = room;
    const { workspaces } = await stage.host.conclave("workspace", "list");
    const worktree = workspaces[0].path;

    await page.getByRole("button", { name: "Files", exact: true }).click();
    const tree = page.getByRole("tree", { name: "Files of this workspace" });
    await tree.getByRole("treeitem", { name: /^src/ }).click();
    await tree.getByRole("treeitem", { name: /^greet\.js/ }).click();
    const file = page.getByRole("region", { name: "src/greet.js", exact: true });
    const area = file.getByRole("textbox", { name: "Text of src/greet.js" });

    await writeFile(path.join(worktree, "src", "greet.js"), "// From outside.\n");
    await file.getByText("// From outside.").waitFor();
    await file.getByRole("button", { name: "Edit" }).click();
    await area.fill("// By hand.\n");
    await page.reload();
    await area.press("Control+s");
    await file.getByRole("button", { name: "Edit" }).waitFor();
    await file.getByText("// By hand.").waitFor();
    assert.equal(await text(worktree, "src", "greet.js"), "// By hand.\n");
    await file.getByRole("button", { name: "Show its change" }).waitFor();

    await file.getByRole("button", { name: "Edit" }).click();
    await area.fill("// Mine.\n");
    await writeFile(path.join(worktree, "src", "greet.js"), "// Theirs.\n");
    await file.getByRole("button", { name: "Save" }).click();
    await file.getByText("It has changed since you opened it.").waitFor();
    assert.equal(await text(worktree, "src", "greet.js"), "// Theirs.\n");
    await file.getByRole("button", { name: "Read it again" }).click();
    await file.getByRole("region", { name: "What you had typed" }).getByText("// Mine.").waitFor();
    assert.equal(await area.inputValue(), "// Theirs.\n");
  }),
);

import assert from "node:assert/strict";
import test from "node:test";
import { onStage } from "../support/stage.mjs";

test(
  "Escape closes what lies over the page, one at a time; focus goes to what a question begins with, and back to where it came from",
  onStage(async (stage) => {
    const { page } = await stage.rehearsal();
    const add = page.getByRole("button", { name: "Add repository" });
    const dialog = page.getByRole("dialog", { name: "Add repository" });
    await add.press("Enter");
    await dialog.getByRole("textbox").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.labels?.[0].textContent), "Path of a git repository on the host");
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    assert.equal(await focused(page), "Add repository");

    const menu = page.getByRole("button", { name: "Session menu" });
    await menu.press("Enter");
    await page.getByRole("button", { name: "Rename" }).waitFor();
    assert.equal(await focused(page), "Rename");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Rename" }).waitFor({ state: "detached" });
    assert.equal(await focused(page), "Session menu");
  }),
);

/** @param {import("playwright-core").Page} page */
const focused = (page) =>
  page.evaluate(() => document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent.trim());

// What a machine can find of what keeps people out: names, roles, contrast, landmarks.

import assert from "node:assert/strict";
import axe from "axe-core";

/**
 * Nothing of the page breaks a rule of axe, those of good practice included.
 * @param {import("playwright-core").Page} page @param {string} what it shows
 */
export async function isAccessible(page, what) {
  assert.deepEqual(await brokenRules(page), [], what);
}

/** The source is evaluated, since the page's policy lets no script in. @param {import("playwright-core").Page} page */
export async function brokenRules(page) {
  await page.evaluate(axe.source);
  return brokenNow(page);
}

/** The same of a page that has axe already. @param {import("playwright-core").Page} page */
export async function brokenNow(page) {
  const { violations } = await page.evaluate(() => globalThis.axe.run(globalThis.document));
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`));
}

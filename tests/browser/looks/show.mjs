// One state in one window: as large, as bright and with as much contrast as it is wanted.

import { brokenRules } from "../support/axe.mjs";

/** @typedef {{ theme: "light" | "dark", contrast: "system" | "more" }} Look */

export const WIDTHS = {
  1440: { viewport: { width: 1440, height: 900 } },
  1024: { viewport: { width: 1024, height: 768 } },
  390: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};

/** @type {Record<string, Look>} */
export const LOOKS = {
  light: { theme: "light", contrast: "system" },
  dark: { theme: "dark", contrast: "system" },
  "light-more": { theme: "light", contrast: "more" },
  "dark-more": { theme: "dark", contrast: "more" },
};

/** How long a state may take to come to be. */
const PATIENCE = 60_000;

/**
 * What is wrong with it: what the page complained of, and what axe finds. With a file, also its picture.
 * @param {{ browser: import("playwright-core").Browser, address: string, width: string, theme: string, state: import("./states.mjs").State, file?: string }} wanted
 */
export async function look({ browser, address, width, theme, state, file }) {
  const context = await browser.newContext({ ...WIDTHS[width], reducedMotion: "reduce" });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.message));
  try {
    await show(page, address, state, LOOKS[theme]);
    wrong.push(...(await brokenRules(page)));
  } catch (error) {
    wrong.push(error.message.split("\n")[0]);
  }
  if (file) await page.screenshot({ path: file, animations: "disabled" });
  await context.close();
  return wrong;
}

/** @param {import("playwright-core").Page} page @param {string} address @param {import("./states.mjs").State} state @param {Look} look */
async function show(page, address, state, { theme, contrast }) {
  await page.goto(`${address}/dev/index.html?scene=${state.query}&theme=${theme}&contrast=${contrast}`);
  await page.locator("main, [role=main], h1").first().waitFor();
  await page.evaluate(() => globalThis.document.fonts.ready);
  await state.act?.(page);
  // A list hides rows until it has measured them.
  await page.waitForFunction(() => !globalThis.document.querySelector('[role="log"] [style*="visibility: hidden"]'));
}

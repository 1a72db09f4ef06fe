// One state in one window: as large, as bright and with as much contrast as it is wanted.

import { brokenNow } from "../support/axe.mjs";
import { AXE } from "../support/pages.mjs";

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

/** @typedef {{ state: import("./states.mjs").State, themes: readonly string[], file?: (theme: string) => string }} Wanted */

/**
 * A window in which states are shown one after the other, each as if for the first time.
 * @param {import("playwright-core").Browser} browser @param {string} address @param {string} width
 */
export async function openWindow(browser, address, width) {
  const context = await browser.newContext({ ...WIDTHS[width], reducedMotion: "reduce" });
  context.setDefaultTimeout(PATIENCE);
  // What a state keeps is its own: a reload finds it, the next state does not.
  await context.addInitScript(() => {
    if (sessionStorage.getItem("begun")) return;
    localStorage.clear();
    sessionStorage.setItem("begun", "yes");
  });
  return {
    /** What is wrong with it in each look: what the page complained of, and what axe finds. @param {Wanted} wanted */
    async look({ state, themes, file }) {
      const page = await context.newPage();
      const wrong = [];
      page.on("pageerror", (error) => wrong.push(error.message));
      try {
        await show(page, address, state, LOOKS[themes[0]]);
        await page.addScriptTag({ url: `${address}${AXE}` });
        for (const theme of themes) {
          await wear(page, LOOKS[theme]);
          wrong.push(...(await brokenNow(page)).map((one) => `${theme}: ${one}`));
          if (file) await page.screenshot({ path: file(theme), animations: "disabled" });
        }
      } catch (error) {
        wrong.push(error.message.split("\n")[0]);
      }
      await page.close();
      return wrong;
    },
    close: () => context.close(),
  };
}

/** All states, two at a time: as many as a small machine draws at once. @template T @param {readonly T[]} all @param {() => Promise<{ close: () => Promise<void> }>} open @param {(window: any, one: T) => Promise<unknown>} each */
export async function inTwoWindows(all, open, each) {
  const waiting = [...all];
  const work = async () => {
    const window = await open();
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await each(window, one);
    await window.close();
  };
  await Promise.all([work(), work()]);
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

/** Worn when the page says so and nothing is on its way from one colour to another. @param {import("playwright-core").Page} page @param {Look} look */
async function wear(page, look) {
  await page.evaluate((detail) => void globalThis.dispatchEvent(new CustomEvent("wear", { detail })), look);
  const worn = { theme: look.theme, contrast: look.contrast === "more" ? "more" : "plain" };
  await page.waitForFunction(({ theme, contrast }) => {
    const { dataset } = globalThis.document.documentElement;
    return dataset.theme === theme && dataset.contrast === contrast;
  }, worn);
  await page.evaluate(async () => {
    const drawn = () => new Promise((then) => requestAnimationFrame(() => requestAnimationFrame(then)));
    const passing = () => globalThis.document.getAnimations().filter((one) => one.playState === "running" && Number.isFinite(one.effect?.getComputedTiming().endTime));
    await drawn();
    // What inherits a colour sets out when that of its parent arrives.
    for (let running = passing(); running.length > 0; running = passing()) {
      await Promise.allSettled(running.map((one) => one.finished));
      await drawn();
    }
  });
}

// Pictures of every state, at every width and in every look, to be looked at by a person; and what axe finds in each.
// CONCLAVE_LOOKS names the folder; names of widths, looks or states as arguments take only those.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { servePages } from "../support/pages.mjs";
import { CHROMIUM } from "../support/programs.mjs";
import { FLAGS } from "../support/stage.mjs";
import { inTwoWindows, LOOKS, openWindow, WIDTHS } from "./show.mjs";
import { STATES } from "./states.mjs";

const TARGET = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../target/looks/states");
const FOLDER = process.env.CONCLAVE_LOOKS ?? TARGET;

const wanted = process.argv.slice(2);
/** @param {readonly string[]} all */
const chosen = (all) => (all.some((one) => wanted.includes(one)) ? all.filter((one) => wanted.includes(one)) : all);
const names = new Set(chosen(STATES.map(({ name }) => name)));

const pages = await servePages("shown");
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
const wrong = [];
try {
  const themes = chosen(Object.keys(LOOKS));
  for (const width of chosen(Object.keys(WIDTHS))) {
    for (const theme of themes) await mkdir(path.join(FOLDER, `${width}-${theme}`), { recursive: true });
    const open = () => openWindow(browser, pages.address, width);
    const seen = async (window, state) => {
      const file = (theme) => path.join(FOLDER, `${width}-${theme}`, `${state.name}.png`);
      const found = (await window.look({ state, themes, file })).map((one) => `${width} ${state.name} ${one}`);
      wrong.push(...found);
      for (const one of found) console.error(one);
    };
    await inTwoWindows(STATES.filter(({ name }) => names.has(name)), open, seen);
    console.log(width);
  }
} finally {
  await browser.close();
  await pages.close();
}
if (wrong.length > 0) process.exit(1);

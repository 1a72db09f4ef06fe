// Takes the README's pictures of single states, over scenes of src-ui/dev: docs/picture-<name>.png. CONCLAVE_PICTURES names
// another folder. The first picture, of a real session, is picture.mjs's.

import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { servePages } from "../support/pages.mjs";
import { CHROMIUM } from "../support/programs.mjs";
import { FLAGS } from "../support/stage.mjs";
import { openWindow } from "./show.mjs";
import { STATES } from "./states.mjs";

const DOCS = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../docs");
const FOLDER = process.env.CONCLAVE_PICTURES ?? DOCS;

/** @type {[name: string, state: string, width: string, theme: string][]} */
const PICTURES = [
  ["panes", "panes", "1440", "light"],
  ["inbox", "inbox", "1440", "dark"],
  ["phone", "permission", "390", "dark"],
];

const { address, close } = await servePages("shown");
const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
try {
  for (const [name, wanted, width, theme] of PICTURES) {
    const state = STATES.find((one) => one.name === wanted);
    if (!state) throw new Error(`no state is called ${wanted}`);
    const file = path.join(FOLDER, `picture-${name}.png`);
    const window = await openWindow(browser, address, width);
    const wrong = await window.look({ state, themes: [theme], file: () => file });
    await window.close();
    if (wrong.length > 0) throw new Error(`${wanted}: ${wrong.join("; ")}`);
    console.log(file);
  }
} finally {
  await browser.close();
  await close();
}

import assert from "node:assert/strict";
import test from "node:test";
import { chromium } from "playwright-core";
import { inTwoWindows, openWindow } from "../looks/show.mjs";
import { FIRST_STATES } from "../looks/states.mjs";
import { servePages } from "../support/pages.mjs";
import { CHROMIUM } from "../support/programs.mjs";
import { FLAGS } from "../support/stage.mjs";

// One width and theme, and each scene once; `cargo xtask prove` goes through all of them.
const WIDTH = "1440";
const THEME = "light";

test("WI21 axe finds nothing in the scenes of the window", { concurrency: 2 }, async (t) => {
  const { address, close } = await servePages("shown");
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    const open = () => openWindow(browser, address, WIDTH);
    const seen = (window, state) => t.test(state.name, async () => assert.deepEqual(await window.look({ state, themes: [THEME] }), []));
    await inTwoWindows(FIRST_STATES, open, seen);
  } finally {
    await browser.close();
    await close();
  }
});

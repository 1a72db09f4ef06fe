import assert from "node:assert/strict";
import test from "node:test";
import { chromium } from "playwright-core";
import { look } from "../looks/show.mjs";
import { STATES } from "../looks/states.mjs";
import { servePages } from "../support/pages.mjs";
import { CHROMIUM } from "../support/programs.mjs";
import { FLAGS } from "../support/stage.mjs";

// One width and theme; `cargo xtask prove` goes through all of them.
const WIDTH = "1440";
const THEME = "light";

test("WI21 axe finds nothing in any state of the window", async (t) => {
  const { address, close } = await servePages("shown");
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  try {
    for (const state of STATES)
      await t.test(state.name, async () => assert.deepEqual(await look({ browser, address, width: WIDTH, theme: THEME, state }), []));
  } finally {
    await browser.close();
    await close();
  }
});

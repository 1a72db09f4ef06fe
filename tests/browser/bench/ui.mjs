// What the window costs, beside the same page with a transcript that draws every row. Nothing fails because it was slow.
// Names as arguments take only those measurements; CONCLAVE_BENCH_JSON names a file for the rows.

import { writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import { servePages } from "../support/pages.mjs";
import { CHROMIUM } from "../support/programs.mjs";
import { FLAGS } from "../support/stage.mjs";
import { open } from "./open.mjs";
import { hour } from "./hour.mjs";
import { stream } from "./stream.mjs";
import { Report } from "./report.mjs";

/** Drawing every row takes minutes. */
const PATIENCE = 600_000;
const MEASUREMENTS = { open, stream, hour };

/** @typedef {import("playwright-core").Page} Page @typedef {Record<string, { value: number, unit: string, wanted?: number }>} Figures */

/** @param {string} address @param {(visit: () => Promise<Page>) => Promise<Figures>} measure */
async function alone(address, measure) {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const visit = async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", (error) => console.error(`page: ${error.message}`));
    await page.goto(`${address}/dev/bench/index.html`);
    await page.getByRole("log").getByText("Tell me all of it.").waitFor();
    return page;
  };
  try {
    return await measure(visit);
  } finally {
    await browser.close();
  }
}

const wanted = process.argv.slice(2);
const [ours, plain] = [await servePages("shown"), await servePages("plain")];
const report = new Report();
try {
  for (const [name, measure] of Object.entries(MEASUREMENTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const mine = await alone(ours.address, measure);
    console.error(name, mine);
    report.add(mine, await alone(plain.address, measure));
  }
} finally {
  await Promise.all([ours.close(), plain.close()]);
}
report.print();
if (process.env.CONCLAVE_BENCH_JSON) await writeFile(process.env.CONCLAVE_BENCH_JSON, `${JSON.stringify(report.rows, null, 2)}\n`);

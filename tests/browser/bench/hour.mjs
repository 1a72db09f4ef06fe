// What an hour of eight agents leaves behind: 120 turns each, as fast as the page takes them in.

import { liveNodes } from "./open.mjs";
import { putInSight, threadTime } from "./sight.mjs";

const SESSIONS = 8;

/** @param {() => Promise<import("playwright-core").Page>} visit @returns {Promise<import("./ui.mjs").Figures>} */
export async function hour(visit) {
  const page = await visit();
  const { devtools, spent } = await threadTime(page);
  await putInSight(page, SESSIONS);
  const heap = async () => {
    await devtools.send("HeapProfiler.collectGarbage");
    return page.evaluate(() => performance.memory.usedJSHeapSize / 1e6);
  };
  const heapBefore = await heap();
  const before = await spent();
  await page.evaluate((sessions) => globalThis.bench.play({ what: "hour", sessions }), SESSIONS);
  const after = await spent();
  return {
    ui_hour_heap: { value: (await heap()) - heapBefore, unit: "MB" },
    ui_hour_busy: { value: after - before, unit: "s" },
    ui_hour_nodes: { value: await page.evaluate(liveNodes), unit: "nodes" },
  };
}

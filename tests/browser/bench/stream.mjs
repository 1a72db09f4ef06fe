// Eight agents speak at once, 200 tokens a second each, five of them in sight; then somebody types meanwhile.

import { quantile } from "./sums.mjs";
import { putInSight, threadTime } from "./sight.mjs";

const SESSIONS = 8;
const TOKENS = 200;
const WATCHED_MS = 10_000;
const TYPED_MS = 12_000;
const WORDS = "while they speak I write a line of my own";
const KEY_MS = 150;

/** @param {() => Promise<import("playwright-core").Page>} visit @returns {Promise<import("./ui.mjs").Figures>} */
export async function stream(visit) {
  const page = await visit();
  const { spent } = await threadTime(page);
  await putInSight(page, SESSIONS);
  const speak = (/** @type {number} */ forMs) =>
    page.evaluate(([sessions, tokensPerSecond, forMs]) => globalThis.bench.play({ what: "stream", sessions, tokensPerSecond, forMs }), [SESSIONS, TOKENS, forMs]);

  const before = await spent();
  const began = performance.now();
  const watching = page.evaluate(watchFrames, WATCHED_MS);
  await Promise.all([speak(WATCHED_MS), watching]);
  const busy = (100_000 * ((await spent()) - before)) / (performance.now() - began);
  const { frames, longest, long } = await watching;

  const typing = speak(TYPED_MS);
  const keys = await typed(page);
  await typing;
  return {
    ui_stream_busy: { value: busy, unit: "%" },
    ui_stream_late_frames: { value: (100 * frames.filter((ms) => ms > 25).length) / frames.length, unit: "%" },
    ui_stream_longest_frame: { value: longest, unit: "ms" },
    ui_stream_long_tasks: { value: long, unit: "tasks" },
    ui_key_to_paint: { value: quantile(keys, 0.5), unit: "ms" },
    ui_key_to_paint_p95: { value: quantile(keys, 0.95), unit: "ms" },
  };
}

/** @param {import("playwright-core").Page} page */
async function typed(page) {
  const message = page.getByRole("textbox", { name: "Message" }).first();
  await message.click();
  await page.evaluate(watchKeys);
  await message.pressSequentially(WORDS, { delay: KEY_MS });
  return page.evaluate(() => globalThis.keysPainted);
}

/** In the page: the time between frames, and tasks of more than 50 ms. @param {number} forMs */
function watchFrames(forMs) {
  return new Promise((done) => {
    const frames = [];
    let long = 0;
    new PerformanceObserver((seen) => (long += seen.getEntries().length)).observe({ type: "longtask" });
    const began = performance.now();
    let last = began;
    const tick = () => {
      const now = performance.now();
      frames.push(now - last);
      last = now;
      if (now - began < forMs) return requestAnimationFrame(tick);
      done({ frames, longest: Math.max(...frames), long });
    };
    requestAnimationFrame(tick);
  });
}

/** In the page: from each key's own time to the frame that shows it. */
function watchKeys() {
  const painted = (globalThis.keysPainted = []);
  globalThis.addEventListener("keydown", ({ timeStamp }) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => painted.push(performance.now() - timeStamp);
    requestAnimationFrame(() => port2.postMessage(null));
  }, { capture: true });
}

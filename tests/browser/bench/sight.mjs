// Sessions in front of somebody, as many as fit in panes, the others in tabs behind.

const PANES = 5;

/** @param {import("playwright-core").Page} page @param {number} count */
export async function putInSight(page, count) {
  for (let n = 1; n <= count; n++) {
    await page.evaluate(([how, id]) => globalThis.bench[how](id), [n > 1 && n <= PANES ? "beside" : "open", `s${n}`]);
    await page.getByRole("log").nth(Math.min(n, PANES) - 1).waitFor();
  }
}

/**
 * Seconds of a processor that the page's thread has had: of a busy machine's clock they tell little.
 * @param {import("playwright-core").Page} page
 */
export async function threadTime(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Performance.setTimeDomain", { timeDomain: "threadTicks" });
  await devtools.send("Performance.enable");
  const spent = async () => {
    const { metrics } = await devtools.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0;
  };
  return { devtools, spent };
}

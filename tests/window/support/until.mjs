import { setTimeout as pause } from "node:timers/promises";

/** How long a fact may take to show. Never waited out when all is well. */
export const PATIENCE = 60_000;
const AGAIN = 100;

/**
 * Waits for a fact outside this process; there is nothing that would tell of it.
 * @param {string} what @param {() => Promise<boolean>} is @param {() => unknown} [instead]
 */
export async function until(what, is, instead = () => "") {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    if (await is().catch(() => false)) return;
    if (Date.now() > deadline) throw new Error(`it never came about that ${what}; instead: ${await instead()}`);
    await pause(AGAIN);
  }
}

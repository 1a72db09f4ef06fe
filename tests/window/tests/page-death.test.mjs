import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import test from "node:test";
import { promisify } from "node:util";
import { onDesktop } from "../support/desktop.mjs";
import { until } from "../support/until.mjs";

const run = promisify(execFile);

/** The processes that draw pages, below this one. @param {number} above */
async function pagesBelow(above) {
  const parents = new Map();
  const pages = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
    const [, name, parent] = /\((.*)\) \S (\d+)/.exec(stat) ?? [];
    if (parent === undefined) continue;
    parents.set(Number(pid), Number(parent));
    if (name.startsWith("WebKitWebProc")) pages.push(Number(pid));
  }
  const isBelow = (pid) => pid !== undefined && (pid === above || isBelow(parents.get(pid)));
  return pages.filter(isBelow);
}

/** A page that is drawn has more than a few colours. */
async function isDrawn() {
  const { stdout } = await run("sh", ["-c", "import -window root png:- | identify -format %k -"]);
  return Number(stdout) > 50;
}

test(
  "DT6 a page whose process has died is there again, and the host has gone on",
  onDesktop(async (desktop) => {
    const started = await desktop.startAlone();
    let page;
    // What is on the screen may be the window of before, as it goes.
    await until("the page is drawn", async () => {
      [page] = await pagesBelow(started.pid);
      return page !== undefined && (await isDrawn());
    });
    process.kill(page, "SIGKILL");
    await until("another process draws the page", async () => {
      const [now] = await pagesBelow(started.pid);
      return now !== undefined && now !== page && (await isDrawn());
    });
    assert.equal(started.exitCode, null);
    assert.ok(await desktop.conclave("session", "list"));
  }),
);

import assert from "node:assert/strict";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import test from "node:test";
import { agent, session } from "../../browser/support/work.mjs";
import { onDesktop } from "../support/desktop.mjs";
import { until } from "../support/until.mjs";

const PAGE = "https://example.org/read?me=1";

test(
  "DT7 a link that is pressed is opened by the browser, and the window stays where it is",
  onDesktop(async (desktop) => {
    const opened = path.join(desktop.folder, "opened");
    await mkdir(desktop.programs);
    await writeFile(path.join(desktop.programs, "xdg-open"), `#!/bin/sh\nprintf '%s' "$1" > '${opened}.part' && mv '${opened}.part' '${opened}'\n`, { mode: 0o755 });
    await agent(desktop, "writer", { turns: [{ steps: [{ say: `It stands in [the manual](${PAGE}).` }] }] });
    const window = await desktop.start();
    await session({ ...desktop, host: desktop }, "writer");
    await window.press("Together");
    await window.type("Message", "Where is it written?");
    await window.press("Send");
    await window.follow("the manual");
    await until("the browser is asked", () => readFile(opened, "utf8").catch(() => null).then((it) => it !== null));
    assert.equal(await readFile(opened, "utf8"), PAGE);
    await window.sees("It stands in the manual.");
  }),
);

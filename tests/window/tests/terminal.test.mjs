import assert from "node:assert/strict";
import test from "node:test";
import { onDesktop } from "../support/desktop.mjs";

/** How wide the letters of a line are drawn: all of one line alike, or its columns mean nothing. */
const COLUMNS = `const rows = [...document.querySelectorAll(".xterm-rows > div")];
  const row = rows.find((one) => one.textContent.startsWith("iiii-42"));
  return row ? getComputedStyle(row).fontFamily : "";`;

test(
  "TE1 TE4 a shell in the window draws what its programs say, in letters of one width",
  onDesktop(async (desktop) => {
    const window = await desktop.start();
    await window.press("Try it");
    await window.find("textbox", "Message");
    await window.press("Terminals");
    await window.press("New terminal");
    await window.type("Terminal input", "echo iiii-$((40+2))\n");
    await window.sees("iiii-42");
    await desktop.picture("terminal");
    assert.match(await window.run(COLUMNS), /mono/i);
  }),
);

import assert from "node:assert/strict";
import test from "node:test";
import { isDeepStrictEqual } from "node:util";
import { onDesktop } from "../support/desktop.mjs";
import { ARROW_LEFT } from "../support/driver.mjs";
import { until } from "../support/until.mjs";

const LAYOUT = "return localStorage.getItem('conclave.layout')";
/** What stands where in the middle of the window. */
const PANES = `return [...document.querySelectorAll("main [role=group][aria-label^=Pane]")].map((pane) => {
  const { x, y, width, height } = pane.getBoundingClientRect();
  return [[...pane.querySelectorAll("[role=tab]")].map((tab) => tab.innerText), [x, y, width, height].map(Math.round)];
})`;

test(
  "DT1 WI9 WI12 from the first start to the first answer, and after a restart everything is where it was",
  onDesktop(async (desktop) => {
    const first = await desktop.start();
    await first.press("Try it");
    await first.type("Message", "Make the greeting safe for nobody.");
    await first.press("Send");
    await first.press("Allow once");
    await first.press("Approve");
    await first.sees("test/greet.test.js");
    await first.press("Allow once");
    await first.choose("Hello");
    await first.press("Answer");
    await first.sees("“Hello” it is");
    await desktop.picture("first-answer");
    const kept = () => first.run(LAYOUT);
    await first.press("Changes");
    await first.sees("2 files changed");
    await until("the second pane is kept", async () => (await kept()).includes("changes"));
    const even = await kept();
    await first.run("document.querySelector('[aria-label=\"Border between panes\"]').focus()");
    await first.key(ARROW_LEFT);
    await until("its width is kept", async () => (await kept()) !== even);
    const panes = await first.run(PANES);
    assert.equal(panes.length, 2);
    await desktop.picture("first-panes");
    const [session] = (await desktop.conclave("session", "list")).sessions;
    const before = await kept();
    assert.match(before, new RegExp(session.session));
    // At rest, closing asks nothing.
    await desktop.comesToRest();
    await desktop.pressCross();
    await desktop.ends();

    const second = await desktop.start();
    await second.sees("“Hello” it is");
    await until("the panes are where they were", async () => isDeepStrictEqual(await second.run(PANES), panes), () => second.run(PANES));
    assert.equal(await second.run(LAYOUT), before);
    await desktop.picture("restarted");
  }),
);

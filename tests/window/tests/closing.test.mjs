import assert from "node:assert/strict";
import test from "node:test";
import { onDesktop } from "../support/desktop.mjs";
import { beaFollows } from "../support/guest.mjs";

/** The rehearsal asks for leave at once, and so waits for a person. */
async function waiting(desktop) {
  const window = await desktop.start();
  await window.press("Try it");
  await window.type("Message", "Make the greeting safe for nobody.");
  await window.press("Send");
  await window.find("button", "Allow once");
  return window;
}

test(
  "DT3 closing with an agent at work asks, and to stay changes nothing",
  onDesktop(async (desktop) => {
    const window = await waiting(desktop);
    await desktop.pressCross();
    await window.sees("1 session waits for an answer.");
    await desktop.picture("closing");
    await window.press("Cancel");
    await desktop.becomesShown();
    await window.press("Allow once");
    await window.sees("Test the greeting");
  }),
);

test(
  "DT3 closing with a guest inside asks, and once they are gone it quits",
  onDesktop(async (desktop) => {
    const window = await desktop.start();
    await window.press("Try it");
    await window.find("textbox", "Message");
    const bea = await beaFollows(desktop, window);
    await desktop.pressCross();
    await window.sees("1 guest is inside.");
    assert.equal(await window.run("return document.activeElement.innerText"), "Keep running in the tray");
    await desktop.picture("closing-guest");
    await window.press("Cancel");
    await desktop.becomesShown();
    await bea.leaves();
    await desktop.pressCross();
    await desktop.ends();
  }),
);

test(
  "DT1 DT3 kept running without its window, it goes on, and a second start brings the window back",
  onDesktop(async (desktop) => {
    const window = await waiting(desktop);
    await desktop.pressCross();
    await window.pressLast("Keep running in the tray");
    await desktop.becomesHidden();
    const [session] = (await desktop.conclave("session", "list")).sessions;
    await desktop.conclave("session", "show", session.handle);
    await desktop.startAgain();
    await desktop.becomesShown();
    await desktop.picture("raised");
    await window.press("Allow once");
    await window.sees("Test the greeting");
  }),
);

test(
  "DT3 stop and quit ends the agents and the program",
  onDesktop(async (desktop) => {
    const window = await waiting(desktop);
    await desktop.pressCross();
    await window.pressLast("Stop and quit");
    await desktop.ends();
  }),
);

test(
  "DT4 a second start hands its link to the first, which asks before it joins",
  onDesktop(async (desktop) => {
    const window = await desktop.start();
    await window.sees("Try it");
    await desktop.startAgain("conclave://join/1.7421.not-an-invite");
    await window.sees("Join a host");
    const code = "return document.querySelector('dialog textarea').value";
    if ((await window.run(code)) !== "conclave://join/1.7421.not-an-invite") throw new Error(await window.run(code));
    await desktop.picture("link");
  }),
);

import assert from "node:assert/strict";
import test from "node:test";
import { onDesktop } from "../support/desktop.mjs";

test(
  "DT1 from the first start to the first answer, and after a restart everything is where it was",
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
    const layout = "return localStorage.getItem('conclave.layout')";
    const [session] = (await desktop.conclave("session", "list")).sessions;
    const before = await first.run(layout);
    assert.match(before, new RegExp(session.session));
    // At rest, closing asks nothing.
    await desktop.comesToRest();
    await desktop.pressCross();
    await desktop.ends();

    const second = await desktop.start();
    await second.sees("“Hello” it is");
    assert.equal(await second.run(layout), before);
    await desktop.picture("restarted");
  }),
);

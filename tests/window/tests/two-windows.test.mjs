import assert from "node:assert/strict";
import test from "node:test";
import { onDesktops } from "../support/desktop.mjs";

const PEOPLE = [
  { user: "Ada", nearby: "lo" },
  { user: "Bea", nearby: "lo" },
];

test(
  "PA3 BA3 TE8 two windows of two hosts pair by a code, a plan passes by both their votes, and a terminal is watched",
  onDesktops(PEOPLE, async (adas, beas) => {
    const [ada, bea] = [await adas.start(), await beas.start()];
    await ada.press("Try it");
    await ada.find("textbox", "Message");
    const [{ workspace }] = (await adas.conclave("workspace", "list")).workspaces;
    await adas.conclave("share", "new", "--workspace", workspace, "--preset", "collaborator", "--consensus", "--terminal", "view");
    await ada.press("Share");
    await ada.press("Pair nearby");
    let digits = "";
    await ada.reads(/\b(\d{3}) (\d{3})\b/, (found) => (digits = found[1] + found[2]));
    await adas.picture("pair-ada");

    await bea.press("Join a host");
    await bea.press("Nearby");
    await bea.press("Ada");
    await bea.type("Six digits that Ada shows", digits);
    await beas.picture("pair-bea");
    await bea.press("Join");
    await bea.sees("You have joined Ada");
    await bea.press("Done");
    await ada.sees("Paired. They are in this share now.");
    await ada.press("Done");
    await ada.press("Done");
    await bea.press("A first look");
    await ada.sees("Bea");

    await ada.type("Message", "Make the greeting safe for nobody.");
    await ada.press("Send");
    await ada.press("Allow once");
    await bea.press("Approve");
    await ada.sees("Bea");
    await beas.picture("vote-bea");
    assert.doesNotMatch(await ada.text(), /Plan approved/);
    await ada.press("Approve");
    await ada.press("Allow once");
    await bea.sees("test/greet.test.js");
    await adas.picture("vote-ada");

    await ada.press("Terminals");
    await ada.press("New terminal");
    await ada.type("Terminal input", "echo shown-$((40+2))\n");
    await ada.sees("shown-42");
    await bea.press("Terminals");
    await bea.press("Terminal 1 of Ada");
    await bea.sees("You can watch this terminal, not type into it.");
    await bea.sees("shown-42");
    await beas.picture("watched");
  }),
);

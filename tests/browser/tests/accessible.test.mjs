import assert from "node:assert/strict";
import test from "node:test";
import { Room } from "../pages/room.mjs";
import { isAccessible } from "../support/axe.mjs";
import { onStage } from "../support/stage.mjs";

const PHONE = { width: 390, height: 844 };

test(
  "WI21 axe finds nothing on any page of the owner, nor in what lies over them",
  onStage(async (stage) => {
    const link = await stage.host.start();
    const page = await stage.person({ reducedMotion: "reduce" });
    await page.goto(link);
    const sample = page.getByRole("region", { name: "Try it" }).getByRole("button", { name: "Try it" });
    await sample.waitFor();
    await isAccessible(page, "the first run");
    await sample.click();
    const room = new Room(page);
    await room.message.waitFor();
    await isAccessible(page, "a session without a word");

    await room.say("Make the greeting safe for nobody.");
    await room.card("Permission").waitFor();
    await isAccessible(page, "a session that asks leave");
    await room.message.fill("/");
    await page.getByRole("listbox", { name: "Commands" }).waitFor();
    await isAccessible(page, "the menu of commands");
    await room.message.fill("");

    await page.keyboard.press("Control+i");
    await page.getByRole("region", { name: "Inbox" }).getByText("1 waits for you").waitFor();
    await isAccessible(page, "the inbox");
    await page.getByRole("button", { name: "All sessions" }).click();
    await page.getByRole("searchbox", { name: "Find a session" }).waitFor();
    await isAccessible(page, "all sessions");
    await page.keyboard.press("Escape");

    for (const [keys, name] of [
      ["Control+k", "Go to anything"],
      ["Control+,", "Settings"],
      ["Control+/", "Keyboard shortcuts"],
    ]) {
      await page.keyboard.press(keys);
      await page.getByRole("dialog", { name }).waitFor();
      await isAccessible(page, name);
      await page.keyboard.press("Escape");
    }
    await page.getByRole("button", { name: /^Share/ }).click();
    await page.getByRole("dialog").waitFor();
    await isAccessible(page, "sharing");
    await page.keyboard.press("Escape");

    const moving = await page.evaluate(() =>
      globalThis.document.getAnimations().filter((one) => Number(one.effect?.getTiming().duration) > 1).length,
    );
    assert.equal(moving, 0, "nothing moves for who asked for less motion");

    await page.setViewportSize(PHONE);
    await isAccessible(page, "a session on a phone");
    await page.keyboard.press("Control+i");
    await page.getByRole("region", { name: "Inbox" }).waitFor();
    await isAccessible(page, "the inbox on a phone");
    await page.keyboard.press("Control+i");
    await page.getByRole("button", { name: /^Show sessions/ }).click();
    await isAccessible(page, "the side bar on a phone");
  }),
);

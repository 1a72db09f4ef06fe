import assert from "node:assert/strict";
import test from "node:test";
import { Door, letIn, Room } from "../pages/room.mjs";
import { onStage } from "../support/stage.mjs";
import { agent, session } from "../support/work.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };
const SCRIPT = { turns: [{ steps: [{ say: "I have heard that." }] }] };

test(
  "a guest on a phone who may only suggest has it changed and accepted, and takes another back",
  onStage(async (stage) => {
    await agent(stage, "listener", SCRIPT);
    const link = await stage.host.start();
    await session(stage, "listener");
    const ada = new Room(await stage.person());
    await ada.open(link);
    await ada.choose("Together");
    const guest = await stage.person(PHONE);
    await new Door(guest).knock(await stage.invite("together", "guest"), "Dana");
    await letIn(ada.page, "Dana");
    const dana = new Room(guest);
    const suggestions = ada.page.getByRole("region", { name: "Suggestions" });

    await dana.message.fill("Count the words.");
    await dana.composer.getByRole("button", { name: "Suggest" }).tap();
    await suggestions.getByText("Dana suggests").waitFor();
    const wide = await guest.evaluate(() => document.scrollingElement.scrollWidth);
    assert.ok(wide <= PHONE.viewport.width, `the page is ${wide} pixels wide`);
    assert.equal(await guest.getByRole("button", { name: /^Accept/ }).count(), 0);

    await suggestions.getByRole("button", { name: "Edit and accept" }).click();
    await suggestions.getByRole("textbox").fill("Count the lines.");
    await suggestions.getByRole("button", { name: "Accept" }).click();
    await dana.sees("Count the lines.");
    await dana.sees("I have heard that.");
    await dana.sees("Ada accepted this");

    await dana.message.fill("And the letters.");
    await dana.composer.getByRole("button", { name: "Suggest" }).tap();
    await suggestions.getByText("And the letters.").waitFor();
    await guest.getByRole("button", { name: "Take back" }).tap();
    await suggestions.waitFor({ state: "detached" });
  }),
);

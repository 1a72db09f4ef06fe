import assert from "node:assert/strict";
import test from "node:test";
import { Door, fits, letIn, PHONE, Room } from "../pages/room.mjs";
import { onStage } from "../support/stage.mjs";

test(
  "a guest on a phone comes in, drives and votes, and nothing is wider than the phone",
  onStage(async (stage) => {
    const ada = await stage.rehearsal();
    const guest = await stage.person(PHONE);
    await new Door(guest).knock(await stage.invite("first look"), "Bea");
    await fits(guest, "the door");
    await letIn(ada.page, "Bea");

    const bea = new Room(guest);
    await bea.message.waitFor();
    await fits(guest, "an empty session");
    await guest.getByRole("button", { name: "Show people" }).tap();
    await bea.seesPerson("Ada");
    await fits(guest, "the people");
    await guest.getByRole("button", { name: "Hide people" }).tap();

    await bea.say("Greet nobody in particular.");
    await ada.press("src/greet.js", "Allow once");
    await ada.press("Test the greeting", "Approve");
    await bea.card("Plan").getByText("1 of 2").waitFor();
    await fits(guest, "an open plan");
    await guest.setViewportSize({ width: 390, height: 560 });
    const plan = await bea.card("Plan").getByRole("listitem").first().boundingBox();
    const verb = await bea.card("Plan").getByRole("button", { name: "Approve" }).boundingBox();
    const below = await bea.composer.boundingBox();
    assert.ok(verb.y - plan.y > 60, `a plan above a keyboard has ${verb.y - plan.y} pixels`);
    assert.ok(verb.y + verb.height <= below.y && below.y + below.height <= 560, "its verbs and the composer are in sight");
    await guest.setViewportSize(PHONE.viewport);
    await bea.card("Plan").getByRole("button", { name: "Approve" }).tap();
    await ada.press("test/greet.test.js", "Allow once");
    await bea.card("Question").getByRole("radio", { name: "Hello" }).waitFor();
    await fits(guest, "an open question");
    const composer = await bea.composer.boundingBox();
    assert.ok(composer.y + composer.height <= PHONE.viewport.height, "an open question leaves the composer in sight");
  }),
);

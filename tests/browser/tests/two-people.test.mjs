import assert from "node:assert/strict";
import test from "node:test";
import { Door, letIn, readTheSame, Room } from "../pages/room.mjs";
import { onStage } from "../support/stage.mjs";

test(
  "a guest knocks and drives, the owner answers for the machine, and the plan waits for both",
  onStage(async (stage) => {
    const ada = await stage.rehearsal();
    const guest = await stage.person();
    await new Door(guest).knock(await stage.invite("first look"), "Bea");
    await letIn(ada.page, "Bea");
    const bea = new Room(guest);
    await bea.choose("A first look");
    await ada.seesPerson("Bea");
    await bea.seesPerson("Ada");
    await ada.seesPerson(/Bea\s*looking/);

    await bea.say("Greet nobody in particular.");
    await ada.seesDriver("Bea is driving");
    await bea.seesDriver("You are driving");
    await ada.offers("Bea is driving. Write now, it goes out after this turn.");
    await ada.say("Then show me.");
    await ada.queue.getByText("Then show me.").waitFor();
    await bea.queue.getByText("Then show me.").waitFor();

    await bea.card("Permission").getByText("Waits for Ada.").waitFor();
    assert.equal(await bea.card("Permission").getByRole("button").count(), 0, "a guest allows nothing");
    await ada.press("src/greet.js", "Allow once");

    await bea.press("Test the greeting", "Approve");
    await ada.card("Plan").getByText("1 of 2").waitFor();
    await ada.press("Test the greeting", "Approve");
    await ada.sees("Thank you, I go on with the tests.");
    await bea.sees("Thank you, I go on with the tests.");
    await ada.press("test/greet.test.js", "Allow once");
    await bea.card("Question").getByRole("radio", { name: "Hello" }).waitFor();
    await ada.card("Question").getByRole("radio", { name: "Hello" }).waitFor();
    await readTheSame(bea, ada);
  }),
);

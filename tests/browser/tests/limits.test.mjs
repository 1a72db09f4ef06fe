import test from "node:test";
import { Door, letIn, Room } from "../pages/room.mjs";
import { onStage } from "../support/stage.mjs";
import { agent, session } from "../support/work.mjs";

const SCRIPT = { turns: [{ steps: [{ say: "I have heard that." }] }] };

test(
  "GR5 a guest is told that an agent can’t be limited before it is asked and after, and chooses another",
  onStage(async (stage) => {
    await agent(stage, "wild", SCRIPT, [], {});
    const link = await stage.host.start();
    await session(stage, "wild");
    const ada = new Room(await stage.person());
    await ada.open(link);
    await ada.choose("Together");
    await ada.page.getByRole("button", { name: /^Share/ }).click();
    await ada.page.getByText("wild can’t be kept from acting unasked, so guests of this share can’t run it.").waitFor();
    await ada.page.keyboard.press("Escape");

    const guest = await stage.person();
    await new Door(guest).knock(await stage.invite("together"), "Bea");
    await letIn(ada.page, "Bea");
    const bea = new Room(guest);
    const told = bea.composer.getByText("wild can’t be limited, so it does not run for you here. Choose another agent.");
    await told.waitFor();
    await bea.say("Say hello.");
    await bea.turnEnds("failed");
    await bea.sees(/cannot be limited for a guest here/);

    await bea.composer.getByRole("button", { name: "wild" }).click();
    await guest.getByRole("radio", { name: /^Rehearsal/ }).click();
    await told.waitFor({ state: "detached" });
    await bea.say("Hello.");
    await ada.seesDriver("Bea is driving");
    await ada.sees("I am the rehearsal agent: I play a script, no model is involved.");
  }),
);

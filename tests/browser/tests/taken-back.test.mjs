import assert from "node:assert/strict";
import test from "node:test";
import { Door, letIn, Room } from "../pages/room.mjs";
import { onStage } from "../support/stage.mjs";
import { agent, session } from "../support/work.mjs";

const SECRET = "The key is under the mat";
const SCRIPT = { turns: [{ steps: [{ say: "I have heard that." }] }] };

test(
  "LO11 the owner takes back what was said and deletes the session, and who reads along loses both",
  onStage(async (stage) => {
    await agent(stage, "listener", SCRIPT);
    const link = await stage.host.start();
    await session(stage, "listener");
    const ada = new Room(await stage.person());
    await ada.open(link);
    await ada.choose("Together");
    const guest = await stage.person();
    await new Door(guest).knock(await stage.invite("together"), "Bea");
    await letIn(ada.page, "Bea");
    const bea = new Room(guest);
    await bea.message.waitFor();
    await bea.say(SECRET);
    await ada.turnEnds("completed");
    await ada.sees(SECRET);
    assert.equal(await bea.page.getByRole("button", { name: "What to do about a prompt" }).count(), 0, "a guest takes nothing back");

    await ada.transcript.getByText(SECRET).hover();
    await ada.page.getByRole("button", { name: "What to do about a prompt" }).click();
    await ada.page.getByRole("button", { name: "Take back", exact: true }).click();
    const asked = ada.page.getByRole("dialog", { name: "Take back a prompt?" });
    await asked.getByText(/It stays visible that something was said here/).waitFor();
    await asked.getByRole("button", { name: "Take back" }).click();
    for (const room of [ada, bea]) {
      await room.sees("The owner took back a prompt of Bea");
      await room.transcript.getByText(SECRET).waitFor({ state: "detached" });
      await room.sees("I have heard that.");
    }

    await ada.page.getByRole("button", { name: "Session menu" }).click();
    await ada.page.getByRole("button", { name: "Delete session" }).click();
    const sure = ada.page.getByRole("dialog", { name: "Delete “Together” for good?" });
    await sure.getByRole("button", { name: "Delete session" }).click();
    await ada.page.getByRole("heading", { name: "Start a session" }).waitFor();
    await bea.page.getByText("Nothing is open here yet").waitFor();
  }),
);

import test from "node:test";
import { company } from "../support/company.mjs";
import { onStage } from "../support/stage.mjs";

const SCRIPT = { turns: [{ steps: [{ say: "It is painted." }] }] };
const STAGE = (stage) => company(stage, "painter", SCRIPT, ["Bea"]);

/** @param {import("../pages/room.mjs").Room} room */
async function agents(room) {
  await room.page.getByRole("button", { name: "Agents", exact: true }).click();
  const dialog = room.page.getByRole("dialog", { name: "Agents on this machine" });
  const painter = dialog.getByRole("listitem", { name: "painter" });
  return { painter, close: () => dialog.getByRole("button", { name: "Done" }).click() };
}

/** @param {import("../pages/room.mjs").Room} room @param {RegExp} chip */
async function picker(room, chip) {
  await room.composer.getByRole("button", { name: chip }).click();
  return room.page.getByRole("dialog", { name: "Agent for the next turn" });
}

test(
  "AG8 AG9 an agent is asked what it offers, set for the next turn, and switched off for everybody",
  onStage(async (stage) => {
    const { ada, guests } = await STAGE(stage);
    const [{ room: bea }] = guests;
    let { painter, close } = await agents(ada);
    await painter.getByText("Works").waitFor();
    await painter.getByText(/tested just now/).waitFor();
    await painter.getByRole("button", { name: "Test now: painter" }).click();
    await painter.getByText("Works").waitFor();
    await close();

    // What it said reaches the guest too, who may choose under her ceiling.
    const menu = await picker(bea, /^painter/);
    await menu.getByLabel("Mode").selectOption("plan");
    await bea.page.keyboard.press("Escape");
    await ada.composer.getByRole("button", { name: "painter · plan" }).waitFor();

    ({ painter, close } = await agents(ada));
    await painter.getByRole("checkbox").click();
    await painter.getByText("Switched off: nobody can choose it, and no turn of it starts.").waitFor();
    await close();
    await ada.say("Paint it.");
    await ada.sees(/painter is switched off on this host/);
    const hers = await picker(bea, /^painter/);
    await hers.getByRole("radio", { name: /^painter/ }).waitFor({ state: "detached" });
    await bea.page.keyboard.press("Escape");

    ({ painter, close } = await agents(ada));
    await painter.getByRole("checkbox").click();
    await close();
    await ada.say("Paint it now.");
    await ada.sees("It is painted.");
  }),
);

test(
  "AG7 what a guest took is told, and a share that is spent takes no more of her prompts",
  onStage(async (stage) => {
    const { ada, guests } = await STAGE(stage);
    const [{ room: bea }] = guests;
    await bea.say("Paint it.");
    await ada.sees("It is painted.");
    await ada.turnEnds("completed");
    await ada.page.getByRole("button", { name: /^Usage: / }).click();
    const usage = ada.page.getByRole("dialog", { name: "Usage" });
    await usage.getByRole("table", { name: "By person" }).getByRole("row", { name: /^Bea 1/ }).waitFor();
    await usage.getByRole("button", { name: "Done" }).click();

    await ada.page.getByRole("button", { name: /^Share/ }).click();
    await ada.page.getByRole("button", { name: "Edit", exact: true }).click();
    await ada.page.locator("summary", { hasText: "More" }).click();
    await ada.page.getByLabel("Most tokens for each person").fill("1");
    await ada.page.getByRole("button", { name: "Save" }).click();
    await ada.page.getByText(/1 tokens each/).waitFor();

    await bea.message.fill("Paint it again.");
    await bea.composer.getByRole("button", { name: "Send" }).click();
    await bea.page.getByText(/is used up \(1 tokens\)/).waitFor();
    await bea.page.getByRole("button", { name: /^Usage: / }).click();
    await bea.page.getByText("Your next prompt is refused until the owner allows more.").waitFor();
  }),
);

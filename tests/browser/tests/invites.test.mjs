import assert from "node:assert/strict";
import test from "node:test";
import { Door, letIn, Room } from "../pages/room.mjs";
import { onStage } from "../support/stage.mjs";

test(
  "an invite that is spent, wrong or cut short is refused in words, and lets nobody in",
  onStage(async (stage) => {
    const ada = await stage.rehearsal();
    const link = await stage.invite("first look");
    const bea = await stage.person();
    await new Door(bea).knock(link, "Bea");
    await letIn(ada.page, "Bea");
    await new Room(bea).message.waitFor();

    const late = await stage.person();
    await knocks(late, link, "Cai");
    await late.getByRole("heading", { name: "This invite was used already" }).waitFor();
    await late.getByText("Ask the owner for one of your own.").waitFor();

    const wrong = await stage.person();
    await knocks(wrong, await altered(stage), "Cai");
    await wrong.getByRole("heading", { name: "The host does not know this invite" }).waitFor();

    const short = await stage.person();
    await short.goto(link.split("#")[0]);
    await short.getByRole("heading", { name: "This page needs an invite" }).waitFor();
    await short.getByText("Open the whole link that you were sent.").waitFor();

    const { shares } = await stage.host.conclave("share", "list");
    assert.deepEqual(shares.flatMap((share) => share.people.map((person) => person.name)), ["Bea"]);
    assert.equal(await ada.page.getByText("wants to join").count(), 0);
  }),
);

test(
  "a refused guest is told so, and the owner's link works once",
  onStage(async (stage) => {
    const ada = await stage.rehearsal();
    const guest = await stage.person();
    await new Door(guest).knock(await stage.invite("first look"), "Mallory");
    await ada.page.getByRole("alert").getByRole("button", { name: "Refuse" }).click();
    await guest.getByRole("heading", { name: "The owner did not let you in" }).waitFor();

    const { url } = await stage.host.conclave("open");
    const again = new Room(await stage.person());
    await again.open(url);
    const stranger = await stage.person();
    await stranger.goto(url);
    await stranger.getByRole("heading", { name: /host does not know this browser|needs a fresh link/ }).waitFor();
  }),
);

/** @param {import("playwright-core").Page} page */
async function knocks(page, link, name) {
  await page.goto(link);
  await page.getByLabel("Your name").fill(name);
  await page.getByRole("button", { name: "Ask to come in" }).click();
}

const SECRET = 4;

/** A link of the right form with a secret that is not the invite's. */
async function altered(stage) {
  const [page, invite] = (await stage.invite("first look")).split("#");
  const parts = invite.split(".");
  parts[SECRET] = (parts[SECRET].startsWith("A") ? "B" : "A") + parts[SECRET].slice(1);
  return `${page}#${parts.join(".")}`;
}

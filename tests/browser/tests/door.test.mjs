import assert from "node:assert/strict";
import test from "node:test";
import { Door, letIn, Room } from "../pages/room.mjs";
import { onStage } from "../support/stage.mjs";

test(
  "PA11 a guest's page says which host it is about before it knocks, and waits through the host's restart",
  onStage(async (stage) => {
    const ada = await stage.rehearsal();
    const { invite } = await stage.host.conclave("share", "new", "--workspace", "first look", "--preset", "observer");
    const link = new URL(invite.link);
    link.hostname = "127.0.0.1";
    const guest = await stage.person();
    await guest.goto(link.href);
    await guest.getByText(`Conclave host at ${link.host}`).waitFor();
    await guest.getByText(invite.fingerprint).waitFor();
    await new Door(guest).knock(link.href, "Bea");

    await stage.host.kill();
    await guest.getByRole("heading", { name: "The host can’t be reached" }).waitFor();
    await guest.getByText("Ask its owner whether it runs.").waitFor();
    await stage.host.start();
    await guest.getByRole("heading", { name: "The owner has been asked to let you in" }).waitFor();
    await ada.page.getByText("live", { exact: true }).waitFor();
    stage.forgiveLostLinks();
    await letIn(ada.page, "Bea");
    await guest.getByRole("note").getByText(invite.fingerprint).waitFor();
    await guest.getByText("You are watching.").waitFor();
  }),
);

test(
  "SH2 a guest who was shut out comes back by opening a new invite in the same tab",
  onStage(async (stage) => {
    const ada = await stage.rehearsal();
    const guest = await stage.person();
    await new Door(guest).knock(await stage.invite("first look"), "Bea");
    await letIn(ada.page, "Bea");
    const bea = new Room(guest);
    await bea.message.waitFor();

    await ada.about("Bea", "Take back all access");
    await ada.page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
    await guest.getByRole("heading", { name: "Your access was taken back" }).waitFor();
    await guest.reload();
    await guest.getByText("Your access was taken back. Ask the owner for a new invite.").waitFor();

    await new Door(guest).knock(await stage.invite("first look"), "Bea");
    await letIn(ada.page, "Bea");
    await bea.message.waitFor();
    assert.equal(new URL(guest.url()).hash, "", "the invite leaves the address bar");
  }),
);

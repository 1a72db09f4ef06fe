import assert from "node:assert/strict";
import test from "node:test";
import { Elsewhere, letIn, Room } from "../pages/room.mjs";
import { onStage } from "../support/stage.mjs";
import { agent, session } from "../support/work.mjs";

const SCRIPT = { turns: [{ when: "still", steps: [{ say: "Still here." }] }, { steps: [{ say: "I have heard that." }] }] };

test(
  "D2 somebody joins another host from her own page, works there beside her own, and comes back by herself",
  onStage(async (stage) => {
    await agent(stage, "listener", SCRIPT);
    const adasLink = await stage.host.start();
    await session(stage, "listener");
    const ada = new Room(await stage.person());
    await ada.open(adasLink);
    await ada.choose("Together");

    const hers = await stage.another("Bea");
    await agent(hers, "listener", SCRIPT);
    const beasLink = await hers.host.start();
    await session(hers, "listener", "Of my own");
    const bea = new Room(await stage.person());
    const pipes = [];
    bea.page.on("websocket", (socket) => socket.url().includes("/peer/") && pipes.push(socket));
    await bea.open(beasLink);

    const elsewhere = new Elsewhere(bea.page);
    await elsewhere.join(await stage.code("together"));
    const dialog = bea.page.getByRole("dialog", { name: "Join a host" });
    await dialog.getByText(/has been asked to let you in/).waitFor();
    await dialog.getByRole("button", { name: "Done" }).click();
    await letIn(ada.page, "Bea");
    await elsewhere.isLive("Ada");
    await bea.choose("Of my own");

    await elsewhere.choose("Ada", "Together");
    await bea.say("Can you hear me?");
    await bea.sees("I have heard that.");
    await ada.sees("I have heard that.");
    await bea.message.fill("Half a sent");
    await bea.choose("Of my own");
    assert.equal(await bea.message.inputValue(), "", "a draft belongs to its session");
    await elsewhere.choose("Ada", "Together");
    assert.equal(pipes.length, 1, "one connection carries all of a host");
    const desk = bea.page.viewportSize();
    await bea.page.setViewportSize({ width: 390, height: 844 });
    await bea.page.getByText(/^Ada \//).waitFor();
    await bea.page.setViewportSize(desk);

    await stage.host.kill();
    await bea.page.getByText("Ada is out of reach. What you wrote is kept.").waitFor();
    await bea.sees("I have heard that.");
    await bea.page.getByText("live", { exact: true }).waitFor();
    await stage.host.start();
    await elsewhere.isLive("Ada");
    stage.forgiveLostLinks();
    assert.equal(await bea.message.inputValue(), "Half a sent");
    await bea.say("Are you still there?");
    await bea.sees("Still here.");

    await ada.page.getByText("live", { exact: true }).waitFor();
    await ada.sees("Still here.");
    await ada.about("Bea", "Take back all access");
    await ada.page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
    await elsewhere.host("Ada").getByText("Your access was taken back").waitFor();
    await elsewhere.host("Ada").getByRole("button", { name: "Forget", exact: true }).click();
    await bea.page.getByRole("dialog", { name: "Forget Ada?" }).getByRole("button", { name: "Forget" }).click();
    await elsewhere.host("Ada").waitFor({ state: "detached" });
    assert.ok(pipes.every((pipe) => pipe.isClosed()), "nothing goes on to a host that was forgotten");
    await bea.message.waitFor();
  }),
);

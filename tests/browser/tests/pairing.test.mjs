import assert from "node:assert/strict";
import test from "node:test";
import { onStage } from "../support/stage.mjs";

test(
  "the owner shows six digits for one share and takes them back; who looks for a host sees none in silence",
  onStage(async (stage) => {
    const ada = await stage.rehearsal();
    const { page } = ada;
    await stage.invite("first look");
    await page.getByRole("button", { name: /^Share/ }).click();
    const shares = page.getByRole("dialog", { name: "Shares" });
    await shares.getByRole("button", { name: "Pair nearby" }).click();

    const pairing = page.getByRole("dialog", { name: /^Pair with/ });
    const first = await pairing.getByText(/^\d{3} \d{3}$/).innerText();
    await pairing.getByText("3 tries left").waitFor();
    await pairing.getByText(/^[12]:\d\d left$/).waitFor();
    await pairing.getByRole("button", { name: "Stop" }).click();
    await shares.getByRole("button", { name: "Pair nearby" }).click();
    assert.notEqual(await pairing.getByText(/^\d{3} \d{3}$/).innerText(), first, "a code is shown once");
    await page.keyboard.press("Escape");

    await page.getByRole("button", { name: "Join a host" }).first().click();
    await page.getByRole("button", { name: "Nearby" }).click();
    await page.getByText("Looking for hosts in your network").waitFor();
  }),
);

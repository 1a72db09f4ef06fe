import assert from "node:assert/strict";
import test from "node:test";
import { onStage } from "../support/stage.mjs";

test(
  "WI9 another browser of the owner begins with the panes that the first has open, and follows them",
  onStage(async (stage) => {
    const { page } = await stage.rehearsal();
    const panes = (of) => of.getByRole("main").getByRole("group", { name: /^Pane \d/ });
    const inMenu = async (of, verb) => {
      await of.getByRole("button", { name: "Panes" }).first().click();
      await of.getByRole("menuitem", { name: verb }).click();
    };
    await inMenu(page, "Split right");
    await panes(page).nth(1).waitFor();
    // Kept soon after, so what a second browser finds is what the first has.
    await page.waitForFunction(() => localStorage.getItem("conclave.layout")?.includes('"id":2'));

    const second = await stage.person();
    await second.goto((await stage.host.conclave("open")).url);
    await panes(second).nth(1).waitFor();
    assert.equal(await panes(second).count(), 2);

    await inMenu(second, "Close this pane, keep its tabs");
    await panes(page).nth(1).waitFor({ state: "detached" });
  }),
);

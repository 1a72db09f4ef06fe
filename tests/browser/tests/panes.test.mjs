import assert from "node:assert/strict";
import test from "node:test";
import { Room } from "../pages/room.mjs";
import { onStage } from "../support/stage.mjs";
import { agent, session } from "../support/work.mjs";

const SCRIPT = { turns: [{ steps: [{ say: "Heard." }] }] };

test(
  "WI2 WI3 WI9 tabs are dragged into panes of their own, speak to their own sessions, and are there after a reload",
  onStage(async (stage) => {
    await agent(stage, "patient", SCRIPT);
    const link = await stage.host.start();
    await session(stage, "patient");
    await stage.host.conclave("session", "new", "--workspace", "together", "--agent", "patient", "--title", "Apart");
    const ada = new Room(await stage.person());
    const { page } = ada;
    await ada.open(link);
    await ada.choose("Together");
    await ada.choose("Apart");
    const tab = (title) => page.getByRole("tab", { name: title });
    await tab("Together").waitFor();

    await drag(page, tab("Together"), { x: 1100, y: 500 });
    const [left, right] = [1, 2].map((n) => page.getByRole("group", { name: `Pane ${n}` }));
    await right.getByRole("tab", { name: "Together" }).waitFor();
    assert.deepEqual([await left.getByRole("tab").count(), await right.getByRole("tab").count()], [1, 1]);

    await right.getByRole("textbox", { name: "Message" }).fill("To this one only.");
    await right.getByRole("button", { name: "Send" }).click();
    await right.getByRole("log").getByText("Heard.").waitFor();
    assert.equal(await left.getByRole("log").getByText("Heard.").count(), 0);

    const before = await left.boundingBox();
    const border = page.getByRole("separator", { name: "Border between panes" });
    await border.focus();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    const after = await left.boundingBox();
    assert.ok(after.width < before.width - 40, `${after.width} of ${before.width}`);

    await page.reload();
    await right.getByRole("log").getByText("Heard.").waitFor();
    await left.getByRole("tab", { name: "Apart" }).waitFor();
    const again = await left.boundingBox();
    assert.ok(Math.abs(again.width - after.width) < 3, `${again.width} after ${after.width}`);

    await page.keyboard.press("F6");
    await page.keyboard.press("Alt+w");
    await page.getByRole("group", { name: "Pane 2" }).waitFor({ state: "detached" });
    await page.keyboard.press("Alt+Shift+T");
    await page.getByRole("group", { name: "Pane 2" }).waitFor();
  }),
);

test(
  "WI13 WI14 the palette finds sessions and settings by keys alone, and the text grows at once",
  onStage(async (stage) => {
    const { page } = await stage.rehearsal();
    await page.keyboard.press("Control+k");
    await page.getByRole("combobox").fill("text size larger");
    const small = await textSize(page);
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.ok((await textSize(page)) > small);
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+/");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).getByText("Ctrl K").waitFor();
  }),
);

/** @param {import("playwright-core").Page} page */
const textSize = (page) => page.evaluate(() => parseFloat(getComputedStyle(document.body).fontSize));

/** As a hand does it: down, a few moves, up. */
async function drag(page, what, to) {
  const box = await what.boundingBox();
  await page.mouse.move(box.x + 20, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + 60, box.y + 80, { steps: 4 });
  await page.mouse.move(to.x, to.y, { steps: 6 });
  await page.mouse.up();
}

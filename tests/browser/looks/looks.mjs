// Pictures of each main state at each width and theme, to be looked at by a person.
// CONCLAVE_LOOKS names the folder; without it they go to target/looks.

import { mkdir } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Door, letIn, Room } from "../pages/room.mjs";
import { Stage } from "../support/stage.mjs";

const TARGET = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../target/looks");
const FOLDER = process.env.CONCLAVE_LOOKS ?? TARGET;
const WIDTHS = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
};
const THEMES = /** @type {const} */ (["light", "dark"]);

class Album {
  #count = 0;

  /** @param {string} folder */
  constructor(folder) {
    this.folder = folder;
  }

  /** @param {import("playwright-core").Page} page @param {string} what */
  async take(page, what) {
    this.#count += 1;
    const file = path.join(this.folder, `${String(this.#count).padStart(2, "0")}-${what}.png`);
    await page.screenshot({ path: file, animations: "disabled" });
  }
}

/** @param {Stage} stage @param {import("../support/stage.mjs").Window} window @param {Album} album */
async function visit(stage, window, album) {
  const link = await stage.host.start();
  const page = await stage.person(window);
  const ada = new Room(page);
  await page.goto(link);
  const sample = page.getByRole("region", { name: "Try it" });
  await sample.waitFor();
  await album.take(page, "welcome");
  await sample.getByRole("button", { name: "Try it" }).click();
  await ada.message.waitFor();
  await album.take(page, "empty-session");

  const guest = await stage.person(window);
  const invite = await stage.invite("first look");
  await guest.goto(invite);
  await guest.getByLabel("Your name").waitFor();
  await album.take(guest, "door");
  await new Door(guest).knock(invite, "Bea");
  await album.take(guest, "door-waiting");
  await page.getByText("Bea wants to join").waitFor();
  await album.take(page, "knock");
  await letIn(page, "Bea");
  const bea = new Room(guest);
  await bea.message.waitFor();
  await work(ada, bea, album);

  await stage.host.kill();
  await page.getByText("The host is out of reach.").waitFor();
  await album.take(page, "host-lost");
  await stage.host.start();
  await ada.turnEnds("interrupted");
  await album.take(page, "interrupted");
  stage.forgiveLostLinks();
}

/** @param {Room} ada @param {Room} bea @param {Album} album */
async function work(ada, bea, album) {
  await bea.say("Make the greeting safe for nobody.");
  await ada.offers("Bea is driving. Write now, it goes out after this turn.");
  await ada.say("Then write it down in the README.");
  await ada.card("Permission").waitFor();
  await album.take(ada.page, "permission");
  await album.take(bea.page, "permission-of-a-guest");
  await ada.press("src/greet.js", "Allow once");
  await bea.press("Test the greeting", "Approve");
  await ada.card("Plan").getByText("1 of 2").waitFor();
  await album.take(ada.page, "plan");
  await ada.press("Test the greeting", "Approve");
  await ada.press("test/greet.test.js", "Allow once");
  for (const room of [ada, bea]) {
    await room.card("Question").getByRole("radio", { name: "Hello" }).check();
    await album.take(room.page, "question");
    await room.press("Which greeting", "Answer");
  }
  await ada.transcript.locator('[data-outcome="completed"]').waitFor();
  await ada.press("README.md", "Reject");
  await ada.transcript.getByText("Then the README stays as it is.").waitFor();
  await ada.turnEnds("completed");
  await album.take(ada.page, "done");
  await bea.say("Once more.");
  await ada.card("Permission").waitFor();
}

for (const [width, window] of Object.entries(WIDTHS)) {
  for (const colorScheme of THEMES) {
    const folder = path.join(FOLDER, `${width}-${colorScheme}`);
    await mkdir(folder, { recursive: true });
    const stage = await Stage.open();
    try {
      await visit(stage, { ...window, colorScheme }, new Album(folder));
    } finally {
      await stage.close();
    }
    console.log(folder);
  }
}

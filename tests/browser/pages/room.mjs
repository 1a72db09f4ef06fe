// What a person does and sees in the window, in their words.

import assert from "node:assert/strict";

/** @typedef {import("playwright-core").Page} Page */

export const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

export class Room {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.transcript = page.getByRole("log", { name: "Transcript" });
    this.lock = page.getByRole("region", { name: "Turn lock" });
    this.cards = page.getByRole("region", { name: "Waiting for an answer" });
    this.queue = page.getByRole("region", { name: "Queue" });
    this.composer = page.getByRole("form", { name: "Write to the agent" });
    this.message = page.getByRole("textbox", { name: "Message" });
    this.people = page.getByRole("complementary", { name: "People" });
  }

  /** @param {string} link */
  async open(link) {
    await this.page.goto(link);
    await this.page.getByText("live", { exact: true }).first().waitFor({ state: "attached" });
  }

  /** @param {string} words */
  async say(words) {
    await this.message.fill(words);
    await this.composer.getByRole("button", { name: /^(Send|Queue)$/ }).click();
    await until(async () => (await this.message.inputValue()) === "");
  }

  /** @param {string} title of an open card */
  card(title) {
    return this.cards.getByRole("region", { name: title });
  }

  /** @param {string | RegExp} about @param {string} verb */
  async press(about, verb) {
    const card = this.cards.getByRole("region").filter({ hasText: about });
    await card.getByRole("button", { name: verb, exact: true }).click();
  }

  /** @param {string | RegExp} words */
  async sees(words) {
    await this.transcript.getByText(words).last().waitFor();
  }

  /** How the turns that are in sight ended. */
  async ends() {
    return this.transcript.locator("[data-outcome]").evaluateAll((all) => all.map((one) => one.dataset.outcome));
  }

  /** @param {string} outcome */
  async turnEnds(outcome) {
    await this.transcript.locator(`[data-outcome="${outcome}"]`).last().waitFor();
    await this.lock.waitFor({ state: "detached" });
  }

  /** @param {string} title of a session in the side bar */
  async choose(title) {
    await this.page.getByRole("navigation").getByText(title, { exact: true }).first().click();
    await this.message.waitFor();
  }

  /** @param {string} title of a session's row in the side bar */
  inList(title) {
    return this.page.getByRole("navigation").getByRole("button").filter({ hasText: title });
  }

  /** @param {string} words of the line above the composer */
  async seesDriver(words) {
    await this.lock.getByText(words, { exact: true }).waitFor();
  }

  /** @param {string} words that say what becomes of text written now */
  async offers(words) {
    await this.page.getByPlaceholder(words, { exact: true }).waitFor();
  }

  /** What stands in the transcript, in order, apart from who reads it and what that person may do about it. */
  async words() {
    const rows = await this.transcript.locator("article, p, [data-outcome]").allInnerTexts();
    const shown = rows.map((row) => row.replace(/you|Ada|Bea|Cai|Rewind/gi, "").replace(/\s+/g, " ").trim());
    return shown.filter(Boolean);
  }

  /** @param {string} name @param {string | RegExp} verb of the owner's menu */
  async about(name, verb) {
    await this.people.getByRole("button", { name: `What to do about ${name}` }).click();
    await this.people.getByRole("button", { name: verb }).click();
  }

  /** @param {string | RegExp} name also with what is said of them */
  async seesPerson(name) {
    await this.people.getByRole("listitem").filter({ hasText: name }).waitFor();
  }
}

/** The other hosts in the side bar of an owner's page. */
export class Elsewhere {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {string} code */
  async join(code) {
    await this.page.getByRole("button", { name: "Join a host" }).first().click();
    await this.page.getByLabel("Invite", { exact: true }).fill(code);
    await this.page.getByRole("button", { name: "Join", exact: true }).click();
  }

  /** @param {string} name */
  host(name) {
    return this.page.getByRole("navigation").getByRole("region", { name, exact: true });
  }

  /** @param {string} name of a host whose connection is there */
  async isLive(name) {
    await this.host(name).getByRole("img", { name: "Connected" }).waitFor();
  }

  /** @param {string} name @param {string} title of a session at that host */
  async choose(name, title) {
    await this.host(name).getByText(title, { exact: true }).click();
  }
}

export class Door {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {string} link @param {string} name */
  async knock(link, name) {
    await this.page.goto(link);
    await this.page.getByLabel("Your name").fill(name);
    await this.page.getByRole("button", { name: "Ask to come in" }).click();
    await this.page.getByRole("heading", { name: "The owner has been asked to let you in" }).waitFor();
  }
}

/** @param {Page} page the owner's @param {string} name */
export async function letIn(page, name) {
  const alert = page.getByRole("alert").filter({ hasText: `${name} wants to join` });
  await alert.getByRole("button", { name: "Let in" }).click();
  await alert.waitFor({ state: "detached" });
}

/**
 * Waits until two people read the same. The transcript draws only what is near the sight, and one page has more room
 * than the other: the shorter of both is the end of the longer.
 * @param {Room} one @param {Room} other
 */
export async function readTheSame(one, other) {
  await until(async () => {
    const [short, long] = [await one.words(), await other.words()].sort((a, b) => a.length - b.length);
    return short.length > 1 && short.join("\n") === long.slice(-short.length).join("\n");
  });
}

/** Nothing of the page is wider than it is. @param {Page} page @param {string} what it shows */
export async function fits(page, what) {
  const wide = await page.evaluate(() => document.scrollingElement.scrollWidth);
  const { width } = page.viewportSize();
  assert.ok(wide <= width, `${what} is ${wide} pixels wide`);
}

/** Waits for a fact that no locator can tell. */
export async function until(fact, patience = 60_000) {
  const end = Date.now() + patience;
  for (;;) {
    if (await fact()) return;
    if (Date.now() > end) throw new Error(`it never came true: ${fact}`);
    await new Promise((next) => setImmediate(next));
  }
}

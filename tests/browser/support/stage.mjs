// One test's world: a folder, a host, a browser. All of it is gone when the test ends.

import assert from "node:assert/strict";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { Room } from "../pages/room.mjs";
import { Host } from "./host.mjs";
import { CHROMIUM } from "./programs.mjs";

/** How long a fact may take to show. Never waited out when all is well. */
export const PATIENCE = 60_000;
const DESKTOP = { width: 1440, height: 900 };

export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** @typedef {{ viewport?: { width: number, height: number }, colorScheme?: "light" | "dark", isMobile?: boolean, hasTouch?: boolean }} Window */

export class Stage {
  #complaints = [];
  /** @type {Host[]} */
  #others = [];

  static async open() {
    const stage = new Stage();
    stage.folder = await mkdtemp(path.join(tmpdir(), "conclave-browser-"));
    stage.data = path.join(stage.folder, "data");
    await mkdir(stage.data);
    stage.host = new Host(stage.data);
    stage.browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS, timeout: PATIENCE * 2 });
    return stage;
  }

  /**
   * Somebody else's machine, as far as a test needs one: a folder and a host of their own.
   * @param {string} owner
   */
  async another(owner) {
    const folder = path.join(this.folder, owner);
    const data = path.join(folder, "data");
    await mkdir(data, { recursive: true });
    const host = new Host(data, owner);
    this.#others.push(host);
    return { folder, data, host };
  }

  /**
   * A person's own browser profile with one page.
   * @param {Window} window
   */
  async person({ viewport = DESKTOP, ...more } = {}) {
    const context = await this.browser.newContext({ viewport, ignoreHTTPSErrors: true, ...more });
    context.setDefaultTimeout(PATIENCE);
    const page = await context.newPage();
    page.on("pageerror", (error) => this.#complaints.push(`page: ${error.message}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.#complaints.push(`console: ${message.text()}`);
    });
    return page;
  }

  /**
   * The owner in the session that "Try it" makes.
   * @param {Window} [window]
   */
  async rehearsal(window) {
    const link = await this.host.start();
    const page = await this.person(window);
    await page.goto(link);
    await page.getByRole("region", { name: "Try it" }).getByRole("button", { name: "Try it" }).click();
    const room = new Room(page);
    await room.message.waitFor();
    return room;
  }

  /**
   * A link for one guest of this workspace, by way of the loopback.
   * @param {string} workspace
   * @param {string} preset
   */
  async invite(workspace, preset = "collaborator") {
    const { invite } = await this.host.conclave("share", "new", "--workspace", workspace, "--preset", preset, "--consensus");
    const link = new URL(invite.link);
    link.hostname = "127.0.0.1";
    return link.href;
  }

  /**
   * An invite's code for one guest with the Conclave program, by way of the loopback.
   * @param {string} workspace
   */
  async code(workspace) {
    const { invite } = await this.host.conclave("share", "new", "--workspace", workspace, "--preset", "collaborator");
    const [version, port, fingerprint, id, secret] = new URL(invite.link).hash.slice(1).split(".");
    return `conclave://join/${[version, port, fingerprint, id, secret, "127.0.0.1"].join(".")}`;
  }

  /** Forgets what browsers themselves log when a host cannot be reached. */
  forgiveLostLinks() {
    this.#complaints = this.#complaints.filter((one) => !/WebSocket connection to|net::ERR_/.test(one));
  }

  async close() {
    try {
      assert.deepEqual(this.#complaints, [], "the pages complained");
      assert.deepEqual([this.host, ...this.#others].flatMap((host) => host.errors()), [], "a host complained");
    } finally {
      await this.browser.close();
      await Promise.all([this.host, ...this.#others].map((host) => host.stop()));
      await rm(this.folder, { recursive: true, force: true });
    }
  }
}

/**
 * Plays a scene on a stage of its own.
 * @param {(stage: Stage) => Promise<void>} scene
 */
export function onStage(scene) {
  return async () => {
    const stage = await Stage.open();
    let failed = true;
    try {
      await scene(stage);
      failed = false;
    } finally {
      // What the scene failed of is worth more than what was complained of after it.
      await stage.close().catch((error) => {
        if (!failed) throw error;
      });
    }
  };
}

/** @param {string[]} file */
export const text = (...file) => readFile(path.join(...file), "utf8");

// One test's world: a data folder, the program, its window on the screen of this process.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Driver } from "./driver.mjs";
import { until } from "./until.mjs";

const run = promisify(execFile);
const CHECKOUT = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
const BUILT = process.env.CONCLAVE_BIN_DIR ?? path.join(CHECKOUT, "target/debug");
const TITLE = "Conclave";

/** @param {(desktop: Desktop) => Promise<void>} play */
export function onDesktop(play) {
  return onDesktops([{ user: "Ada" }], play);
}

/** Several people's, on one screen. @param {Person[]} people @param {(...desktops: Desktop[]) => Promise<void>} play */
export function onDesktops(people, play) {
  return async () => {
    const desktops = await Promise.all(people.map((person) => Desktop.open(person)));
    try {
      await play(...desktops);
    } finally {
      for (const desktop of desktops) await desktop.close();
    }
  };
}

/** @typedef {{ user: string, nearby?: string }} Person whom their system knows as this, and the network they look around in */

export class Desktop {
  /** @type {Driver} */
  #driver;

  /** @param {Person} person */
  static async open(person) {
    const desktop = new Desktop();
    desktop.person = person;
    desktop.folder = await mkdtemp(path.join(tmpdir(), "conclave-window-"));
    desktop.data = path.join(desktop.folder, "data");
    await mkdir(desktop.data);
    return desktop;
  }

  get env() {
    const own = (name) => path.join(this.folder, name);
    return {
      CONCLAVE_DATA: this.data,
      CONCLAVE_NEARBY: this.person.nearby ?? "off",
      CONCLAVE_LOG: "info",
      GDK_BACKEND: "x11",
      HOME: this.folder,
      PATH: `${this.programs}${path.delimiter}${process.env.PATH}`,
      USER: this.person.user,
      LANG: "C.UTF-8",
      XDG_DATA_HOME: own("share"),
      XDG_CONFIG_HOME: own("config"),
      XDG_CACHE_HOME: own("cache"),
    };
  }

  /** Programs here are found before those of the system. */
  get programs() {
    return path.join(this.folder, "programs");
  }

  /** Starts the program; answers when its page is there. */
  async start() {
    this.#driver = await Driver.open(program("conclave-desktop"), this.env);
    return this.#driver;
  }

  /** Starts it once more, beside the one that runs. Answers with how it ended. @param {string[]} args */
  async startAgain(...args) {
    const { WAYLAND_DISPLAY: _, ...around } = process.env;
    const again = spawn(program("conclave-desktop"), args, { env: { ...around, ...this.env }, stdio: "ignore" });
    const [code] = await once(again, "exit");
    return code;
  }

  /** Starts it as people do, with nobody at its page's controls. Answers with its process. */
  async startAlone() {
    const { WAYLAND_DISPLAY: _, ...around } = process.env;
    const started = spawn(program("conclave-desktop"), [], { env: { ...around, ...this.env }, stdio: "ignore" });
    await this.becomesShown();
    return started;
  }

  /** What the cross in a title bar does. */
  async pressCross() {
    await run("wmctrl", ["-c", TITLE]);
  }

  /** Whether a window can be seen at all. */
  async isShown() {
    const { stdout } = await run("wmctrl", ["-l"]);
    return stdout.includes(TITLE);
  }

  async becomesShown() {
    await until("the window is on the screen", () => this.isShown());
  }

  async becomesHidden() {
    await until("the window is off the screen", async () => !(await this.isShown()));
  }

  /** Nothing runs or waits for anybody: an answer is read before its turn is over. */
  async comesToRest() {
    const rests = ({ status }) => status === "idle";
    await until("every session rests", async () => (await this.conclave("session", "list")).sessions.every(rests));
  }

  /** The host is gone when nobody holds its data folder. */
  async ends() {
    await until("the program ends", async () => (await this.conclave("session", "list").catch(() => null)) === null);
    await this.#driver.close();
  }

  /** What the command line answers. @param {string[]} args */
  async conclave(...args) {
    const { stdout } = await run(program("conclave"), ["--data", this.data, "--json", ...args]);
    return JSON.parse(stdout);
  }

  /** @param {string} name */
  async picture(name) {
    const folder = process.env.CONCLAVE_WINDOW_PICTURES;
    if (!folder) return;
    // What is in the page is on the screen a little later; only eyes need it there.
    await pause(1_500);
    await run("import", ["-window", "root", path.join(folder, `${name}.png`)]);
  }

  async close() {
    await run(program("conclave"), ["stop", "--data", this.data]).catch(() => undefined);
    await this.#driver?.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string} name */
function program(name) {
  const found = path.join(BUILT, name);
  if (!existsSync(found)) throw new Error(`${found} is missing; build it, or say with CONCLAVE_BIN_DIR where it is`);
  return found;
}

// A host process of its own on a data folder of its own.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { program } from "./programs.mjs";

const run = promisify(execFile);

/** No word in the network, and nothing in the keyring of whoever runs the tests. */
const QUIET = { CONCLAVE_NEARBY: "off", DBUS_SESSION_BUS_ADDRESS: "unix:path=/nonexistent" };

export class Host {
  /** @type {import("node:child_process").ChildProcess} */
  #process;
  #said = "";

  /** @param {string} data @param {string} owner */
  constructor(data, owner = "Ada") {
    this.data = data;
    this.owner = owner;
  }

  /** What is here the host finds before the programs of the system. */
  get programs() {
    return path.join(this.data, "../programs");
  }

  /** Starts the host and waits for the link to its owner's page. */
  async start() {
    const PATH = `${this.programs}${path.delimiter}${process.env.PATH}`;
    const env = { ...process.env, ...QUIET, PATH, CONCLAVE_DATA: this.data, USER: this.owner, LANG: "C.UTF-8" };
    this.#process = spawn(program("conclave"), ["host", "--open-link"], { env, stdio: ["ignore", "pipe", "pipe"] });
    this.#process.stderr.on("data", (bytes) => (this.#said += bytes));
    const lines = createInterface({ input: this.#process.stdout });
    const ended = once(this.#process, "exit").then(([code]) => {
      throw new Error(`the host ended with ${code} before it gave a link:\n${this.#said}`);
    });
    const [link] = await Promise.race([once(lines, "line"), ended]);
    ended.catch(() => {});
    return link;
  }

  /** As a power cut ends it. */
  async kill() {
    await this.#end("SIGKILL");
  }

  async stop() {
    if (this.#process) await this.#end("SIGTERM");
  }

  /** Lines of the host's log that report an error. */
  errors() {
    return this.#said.split("\n").filter((line) => /\bERROR\b|panicked/.test(line));
  }

  /**
   * What the command line answers.
   * @param {...string} args
   */
  async conclave(...args) {
    const { stdout } = await run(program("conclave"), ["--data", this.data, "--json", ...args], { env: { ...process.env, ...QUIET } });
    return JSON.parse(stdout);
  }

  async #end(signal) {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, "exit");
    this.#process.kill(signal);
    await exit;
  }
}

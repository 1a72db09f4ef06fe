// As much of W3C WebDriver as a window of ours needs, over WebKitWebDriver.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { PATIENCE, until } from "./until.mjs";

/** What keys are called that are no letters. */
export const CONTROL = "\uE009";
export const ENTER = "\uE007";
export const ARROW_LEFT = "\uE012";
const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

export class Driver {
  /** @type {import("node:child_process").ChildProcess} */
  #process;
  #base = "";
  #session = "";

  /**
   * Starts the program with its window, in this environment.
   * @param {string} binary @param {Record<string, string>} env
   */
  static async open(binary, env) {
    const driver = new Driver();
    const port = await freePort();
    const all = { ...process.env, ...env, TAURI_WEBVIEW_AUTOMATION: "true" };
    driver.#process = spawn("WebKitWebDriver", [`--port=${port}`], { env: all, stdio: ["ignore", "ignore", "inherit"] });
    driver.#base = `http://127.0.0.1:${port}`;
    await until("WebKitWebDriver listens", () => fetch(`${driver.#base}/status`).then((answer) => answer.ok));
    const wanted = { "webkitgtk:browserOptions": { binary, args: [] } };
    const opened = await driver.#ask("POST", "/session", { capabilities: { alwaysMatch: wanted } });
    driver.#session = `/session/${opened.sessionId}`;
    return driver;
  }

  /** What a script in the page returns. @param {string} script */
  run(script, ...args) {
    return this.#ask("POST", `${this.#session}/execute/sync`, { script, args });
  }

  /** Everything that can be read now. */
  text() {
    return this.run("return document.body.innerText");
  }

  /** @param {string | RegExp} words */
  async sees(words) {
    const fits = (text) => (words instanceof RegExp ? words.test(text) : text.includes(words));
    let last = "";
    await until(`the window shows ${words}`, async () => fits((last = await this.text())), () => last);
  }

  /** @param {RegExp} words @param {(found: RegExpMatchArray) => void} take */
  async reads(words, take) {
    await this.sees(words);
    take(/** @type {RegExpMatchArray} */ ((await this.text()).match(words)));
  }

  /** To whatever has focus. @param {string} value */
  async key(value) {
    await this.#ask("POST", `${this.#session}/actions`, { actions: [{ type: "key", id: "keys", actions: [{ type: "keyDown", value }, { type: "keyUp", value }] }] });
  }

  /** The element of this role with this name, as soon as it can be used. Below an open dialog nothing can. */
  async find(role, name) {
    const selector = { button: "button:not([role=tab])", link: "a[href]", textbox: "textarea, input, [contenteditable=true]", radio: "[role=radio], input[type=radio]" }[role];
    const script = `const [selector, name] = arguments;
      const nameOf = (one) => one.getAttribute("aria-label") || one.labels?.[0]?.innerText || one.innerText || "";
      const top = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document;
      return [...top.querySelectorAll(selector)].reverse().find((one) => one.offsetParent && !one.disabled && nameOf(one).trim().startsWith(name)) ?? null;`;
    let found = null;
    await until(`there is a ${role} “${name}”`, async () => (found = await this.run(script, selector, name)) !== null, () => this.text());
    return found[ELEMENT];
  }

  async press(name) {
    await this.#at("button", name, "click", {});
  }

  async follow(name) {
    await this.#at("link", name, "click", {});
  }

  /** A press that takes the window away. WebKitWebDriver waits for a frame after a click, and there comes none. */
  async pressLast(name) {
    const element = { [ELEMENT]: await this.find("button", name) };
    await this.run("const [element] = arguments; setTimeout(() => element.click(), 50)", element);
  }

  async choose(name) {
    await this.#at("radio", name, "click", {});
  }

  async type(name, text) {
    await this.#at("textbox", name, "value", { text });
  }

  /** A page that is gone with its program is gone. */
  async close() {
    await this.#ask("DELETE", this.#session).catch(() => undefined);
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const exit = once(this.#process, "exit");
    this.#process.kill();
    await exit;
  }

  /** In place of what stands there. */
  async write(name, text) {
    await this.type(name, `${CONTROL}a`);
    await this.type(name, text);
  }

  /** What was drawn anew since it was found, or is not drawn yet, is looked for once more. */
  async #at(role, name, does, body) {
    let wrong = "";
    await until(`a ${role} “${name}” can be used`, () => this.#once(role, name, does, body).then((said) => (wrong = said) === ""), () => wrong);
  }

  /** Why it could not be done yet; nothing when it is done. */
  async #once(role, name, does, body) {
    try {
      await this.#ask("POST", `${this.#session}/element/${await this.find(role, name)}/${does}`, body);
      return "";
    } catch (error) {
      return error.message;
    }
  }

  async #ask(method, path, body) {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(this.#base + path, { method, signal, ...(body ? { body: JSON.stringify(body) } : {}) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${method} ${path}: ${value?.error} ${value?.message}`);
    return value;
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  server.close();
  await once(server, "close");
  return port;
}

// Somebody at a host by the command line, with what they keep of it in a folder of their own.

import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { promisify } from "node:util";
import { program } from "../../browser/support/programs.mjs";
import { until } from "./until.mjs";

const run = promisify(execFile);

/**
 * Lets Bea into a session of Ada's, which she follows until `leaves`.
 * @param {import("./desktop.mjs").Desktop} desktop Ada's @param {import("./driver.mjs").Driver} window of it
 */
export async function beaFollows(desktop, window) {
  const [{ workspace, handle }] = (await desktop.conclave("session", "list")).sessions;
  const { invite } = await desktop.conclave("share", "new", "--workspace", workspace, "--preset", "collaborator");
  const link = new URL(invite.link);
  link.hostname = "127.0.0.1";
  const env = { ...process.env, CONCLAVE_DATA: path.join(desktop.folder, "bea") };
  const joins = run(program("conclave"), ["join", link.href, "--name", "Bea"], { env });
  await window.press("Let in");
  await joins;
  const follows = spawn(program("conclave"), ["--host", "Ada", "chat", "tail", "--follow", handle], { env, stdio: "ignore" });
  // A test that fails does not wait for it, and leaves nothing behind.
  follows.unref();
  process.once("exit", () => follows.kill());
  const isHere = async () => (await desktop.conclave("person", "list")).people.some(({ name, here }) => name === "Bea" && here);
  await until("Bea is inside", isHere);
  return {
    leaves: async () => {
      const gone = once(follows, "exit");
      follows.kill();
      await gone;
      await until("Bea is not inside any more", async () => !(await isHere()));
    },
  };
}

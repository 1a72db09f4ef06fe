// Repositories, agents and sessions of a test's own.

import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { program } from "./programs.mjs";

const run = promisify(execFile);

/** What the rehearsal agent does unasked, by its modes. Of an agent without them nobody knows it. */
const MODES = { default: "ask", plan: "ask", "accept-edits": "accept-edits" };

/**
 * An agent that plays this script, known from the host's next start on.
 * @param {Machine} stage
 * @param {string} name
 * @param {object} script
 * @param {string[]} more arguments of the rehearsal agent
 * @param {Record<string, string>} modes
 */
export async function agent(stage, name, script, more = [], modes = MODES) {
  const file = path.join(stage.folder, `${name}.json`);
  await writeFile(file, JSON.stringify(script));
  const state = path.join(stage.folder, `${name}-state`);
  const args = ["--script", file, "--state", state, ...more];
  const entry = { name, program: program("conclave-rehearsal"), args, modes };
  await writeFile(path.join(stage.data, "agents.json"), JSON.stringify({ [name]: entry }));
}

/** @typedef {{ folder: string, data: string, host: import("./host.mjs").Host }} Machine a stage, or another machine on it */

/**
 * A session, called Together unless it is said otherwise, in the workspace `together` of a fresh repository.
 * @param {Machine} stage
 * @param {string} agent
 * @param {string} title
 */
export async function session(stage, agent, title = "Together") {
  const { repository } = await stage.host.conclave("repo", "add", await checkout(stage));
  await stage.host.conclave("workspace", "new", "--repo", repository, "--name", "together");
  await stage.host.conclave("session", "new", "--workspace", "together", "--agent", agent, "--title", title);
  const { workspaces } = await stage.host.conclave("workspace", "list");
  return { worktree: workspaces[0].path };
}

/**
 * A repository `greeter` of one commit, on the branch main.
 * @param {Machine} stage
 * @param {Record<string, string>} files beside its README
 */
export async function checkout(stage, files = {}) {
  const folder = path.join(stage.folder, "greeter");
  for (const [name, text] of Object.entries({ "README.md": "# Greeter\n", ...files })) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  await git(folder, "init", "-q", "-b", "main");
  await git(folder, "add", ".");
  await git(folder, "commit", "-q", "-m", "Begin");
  return folder;
}

const ADA = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];

/** What git answers there, in Ada's name. @param {string} folder @param {...string} args */
export async function git(folder, ...args) {
  return (await run("git", [...ADA, ...args], { cwd: folder })).stdout;
}

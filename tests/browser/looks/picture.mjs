// Takes the picture of the README: two people in a session, in mid-vote. CONCLAVE_PICTURE names the file.

import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Door, letIn, Room } from "../pages/room.mjs";
import { Stage } from "../support/stage.mjs";
import { agent } from "../support/work.mjs";

const run = promisify(execFile);
const TARGET = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../../docs/picture.png");
const FILE = process.env.CONCLAVE_PICTURE ?? TARGET;
const WINDOW = { viewport: { width: 1440, height: 940 }, colorScheme: /** @type {const} */ ("dark") };
const TITLE = "Split the session store";

const TABLE = "CREATE TABLE session (\n  id BLOB PRIMARY KEY,\n  refresh_token TEXT,\n  device TEXT NOT NULL\n);\n";
const FILES = {
  "migrations/0006_session.sql": TABLE,
  "src/session/store.rs": "pub struct Store {\n    rows: Vec<Row>,\n}\n",
};
const PLAN = `1. **New table** \`refresh_token\`, keyed by hash, with expiry and device
2. **Move reads** behind \`TokenStore\`; the old column stays readable for one release
3. **Backfill** in batches of 500 that can be resumed
4. **Tests** for rotation, reuse and revocation
`;
const WORKSPACES = /** @type {const} */ ([
  ["fix-flaky-import", ["Why does the import fail"]],
  ["auth-refactor", ["Name the metrics", TITLE]],
]);
const SCRIPT = {
  turns: [
    { when: "metrics", steps: [{ say: "I count what is measured today." }, { gate: { file: "never" } }] },
    {
      steps: [
        { think: "Two lifetimes share one table: a session lives for days, a refresh token for minutes.\n" },
        { read: { path: "src/session/store.rs" } },
        { read: { path: "migrations/0006_session.sql" } },
        {
          edit: {
            path: "migrations/0006_session.sql",
            find: "  refresh_token TEXT,\n  device TEXT NOT NULL\n);\n",
            replace: "  device TEXT NOT NULL\n);\nCREATE TABLE refresh_token (hash BLOB PRIMARY KEY, expires_at INTEGER NOT NULL);\n",
            on_allow: [{ say: "The table is drafted. The code that reads it is worth a plan.\n\n" }],
          },
        },
        { plan: { text: PLAN } },
      ],
    },
  ],
};

const stage = await Stage.open();
try {
  await agent(stage, "Rehearsal script", SCRIPT, ["--pace", "human"]);
  const link = await stage.host.start();
  await furnish(stage);
  const ada = new Room(await stage.person(WINDOW));
  await ada.open(link);
  await ada.choose("Name the metrics");
  await ada.say("Which metrics do we have?");
  await ada.sees("I count what is measured today.");
  await ada.choose(TITLE);

  const guest = await stage.person(WINDOW);
  await new Door(guest).knock(await stage.invite("auth-refactor"), "Bea");
  await letIn(ada.page, "Bea");
  const bea = new Room(guest);
  await bea.choose(TITLE);
  await ada.seesPerson("Bea");
  await bea.say("Split the session store so that refresh tokens live in their own table. Plan first.");
  await ada.press("0006_session.sql", "Allow once");
  await ada.card("Plan").getByText("0 of 2").waitFor();
  await ada.say("Then rename the metrics to match.");
  await bea.press("New table", "Approve");
  await ada.card("Plan").getByText("1 of 2").waitFor();
  await ada.queue.getByText("Then rename the metrics to match.").waitFor();
  await ada.page.screenshot({ path: FILE, animations: "disabled" });
  console.log(FILE);
} finally {
  await stage.close();
}

/** A repository with two workspaces and three sessions. @param {Stage} stage */
async function furnish(stage) {
  const folder = path.join(stage.folder, "ledger");
  for (const [name, text] of Object.entries(FILES)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), text);
  }
  const git = (...args) => run("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", ...args], { cwd: folder });
  await git("init", "-q", "-b", "main");
  await git("add", ".");
  await git("commit", "-q", "-m", "Begin");
  const { repository } = await stage.host.conclave("repo", "add", folder);
  for (const [workspace, titles] of WORKSPACES) {
    await stage.host.conclave("workspace", "new", "--repo", repository, "--name", workspace);
    for (const title of titles)
      await stage.host.conclave("session", "new", "--workspace", workspace, "--agent", "Rehearsal script", "--title", title);
  }
}

import { BOTH_SIDES, CHANGES, fileChange, MAKERS, WORK } from "../changes";
import { DIRECTORY } from "../directory";
import { PULL, SCRIPT, TARGET } from "../exchange";
import { closed, earlier, said, taken, type Said } from "../events";
import { failure } from "../files";
import { ADA, AGENTS, CHEN, welcome } from "../people";
import { snapshot, view } from "../room";
import { logged, NOW, type Scene } from "../scene";

const directory = {
  ...DIRECTORY,
  workspaces: DIRECTORY.workspaces.map((one) => ({ ...one, base_branch: "main" })),
  sessions: DIRECTORY.sessions.map((row) => ({ ...row, status: row.state === "ended" ? row.status : ("idle" as const), needs: 0, queued: 0 })),
};

const first: Said[] = [
  ...earlier(NOW),
  said("t1", 70, "Refresh tokens have a table of their own."),
  closed("t1", 69, { kind: "completed" }),
  [68, { type: "turn_kept", turn: "t1", before: 4, after: 5, files: 3, added: 41, removed: 12 }],
  [60, { type: "work_done", by: "bea", deed: { kind: "committed", commit: "ab12cd3".padEnd(40, "0"), message: "Move the metrics out of the store", files: 3 } }],
];

const told: Said[] = [
  ...first,
  ...taken("t2", 50, "ada", "Try a cache in front of it."),
  said("t2", 45, "There is a cache now."),
  closed("t2", 44, { kind: "completed" }),
  [43, { type: "turn_kept", turn: "t2", before: 6, after: 7, files: 2, added: 80, removed: 1 }],
  ...taken("t3", 40, "chen", "Make it larger."),
  closed("t3", 38, { kind: "completed" }),
  [30, { type: "conversation_rewound", turn: "t2", from: first.length + 1, by: "bea" }, "bea"],
  [30, { type: "work_done", by: "bea", deed: { kind: "restored", checkpoint: 6, of: { session: "s1", turn: "t2", edge: "before", author: "ada", agent: "codex" }, undo: 9 } }],
  ...taken("t4", 20, "bea", "Only the tests are missing then."),
  said("t4", 12, "Rotation and reuse are tested."),
  closed("t4", 10, { kind: "completed" }),
  [9, { type: "work_done", by: "ada", deed: { kind: "asked", address: PULL } }],
  [9, { type: "turn_kept", turn: "t4", before: 10, after: 11, files: 1, added: 18, removed: 3 }],
];

const replies: NonNullable<Scene["replies"]> = {
  changes: CHANGES,
  file_change: fileChange,
  both_sides: BOTH_SIDES,
  makers: MAKERS,
  work: { ...WORK, checkpoints: WORK.checkpoints.concat({ number: 10, commit: "b".repeat(40), of: { session: "s1", turn: "t4", edge: "before", author: "bea", agent: "claude-code" } }) },
  rewind_preview: { ...CHANGES, files: CHANGES.files.slice(1, 6) },
  approve_changes: { kind: "approved", commit: "c0ffee1".padEnd(40, "0") },
  reject_changes: { kind: "taken_back", undo: 12 },
  push_target: TARGET,
  setup: { kind: "setup", script: SCRIPT },
  ask_pull: { kind: "asked", address: PULL },
  restore_files: { kind: "taken_back", undo: 13 },
};

const base = { session: "s1", link: [{ kind: "live" as const, welcome: welcome(ADA) }], directory, agents: AGENTS, replies };

const worked: Scene = { ...base, snapshot: snapshot(view(ADA, { prompt_now: true, steer: true }), logged(told)) };

/** Somebody who may not approve reads the same. */
const reading: Scene = {
  ...worked,
  link: [{ kind: "live", welcome: welcome(CHEN) }],
  snapshot: snapshot(view(CHEN, { prompt_now: true, steer: true }), logged(told)),
};

const merging: Scene = {
  ...worked,
  replies: { ...replies, changes: { ...CHANGES, merging: true, conflicts: ["src/session/store.rs", "tests/rotation.rs"] } },
};

/** A session that began with turns of another one, before it has gone on. */
const forked: Scene = {
  ...worked,
  snapshot: snapshot(
    view(ADA, { prompt_now: true, steer: true }, { memory: "new" }),
    logged([[8, { type: "session_forked", from: "s3", number: 3, by: "ada", turns: 1, people: [{ person: "bea", name: "Bea", colour: 1 }] }, "ada"], ...taken("t1", 3600, "bea", "Only the tests are missing then."), said("t1", 3540, "Rotation and reuse are tested."), closed("t1", 3538, { kind: "completed" })]),
  ),
};

/** A workspace is forked, and the conversation is not. */
const halfForked: Scene = {
  ...worked,
  replies: {
    ...replies,
    fork_workspace: { kind: "workspace", workspace: "w9" },
    fork_session: () => {
      throw failure("storage", "The host could not write to its disk.");
    },
  },
};

const SHELL = "\x1b[32mada@workbench\x1b[0m:\x1b[34m~/auth-refactor\x1b[0m$ ";

const terminal: Scene = {
  ...worked,
  replies: { ...replies, terminals: { kind: "terminals", right: "drive", terminals: [{ terminal: "t1", workspace: "w1", opened_by: "ada", name: "Ada", opened_at: NOW - 60_000, size: { columns: 80, rows: 24 } }] } },
  screens: {
    t1: [
      `${SHELL}cargo nextest run -p session`,
      "\x1b[32;1m    Starting\x1b[0m 3 tests across 1 binary",
      "\x1b[32;1m        PASS\x1b[0m [   0.012s] session rotation::a_token_is_used_once",
      "\x1b[31;1m        FAIL\x1b[0m [   0.008s] session rotation::reuse_revokes_all",
      "\x1b[33;1m     warning\x1b[0m: unused variable: \x1b[1m`device`\x1b[0m",
      "\x1b[2m--> src/session/store.rs:41:9\x1b[0m",
      "\x1b[35m3 tests run\x1b[0m: \x1b[36m2 passed\x1b[0m, 1 failed",
      SHELL,
    ].join("\r\n"),
  },
};

/** Its tab is open, and it is not there any more. */
const terminalGone: Scene = {
  ...terminal,
  replies: { ...terminal.replies, attach_terminal: () => Promise.reject({ code: "not_found", message: "", retry: "never" }) },
};

export const workScenes: Record<string, Scene> = { terminal, "terminal-gone": terminalGone, worked, "worked-read": reading, merging, forked, "half-forked": halfForked };

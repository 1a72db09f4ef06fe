import { BOTH_SIDES, CHANGES, fileChange } from "../changes";
import { FILES, KNOWN_RISKS, raced } from "../files";
import { hostFolders } from "../folders";
import { AWAY } from "../away";
import { archived, crowded, DIRECTORY } from "../directory";
import { call, closed, earlier, ended, failed, joined, said, taken, type Said } from "../events";
import { WORKTREES } from "../repositories";
import { ADA, AGENTS, BEA, CHEN, DANA, welcome } from "../people";
import { NO_USAGE, snapshot, turn, view } from "../room";
import { logged, long, NOW, type Scene } from "../scene";
import { approved } from "./ballots";

const base = { session: "s1", link: [{ kind: "live" as const, welcome: welcome(ADA) }], directory: DIRECTORY, agents: AGENTS };

const TABLE = `The table is in and reads go through \`TokenStore\`.

| file | change |
| --- | --- |
| \`src/session/store.rs\` | reads behind \`TokenStore\` |
| \`src/session/token.rs\` | rotation and reuse |

- [x] migration
- [x] store
- [ ] backfill

\`\`\`rust
pub fn rotate(&self, old: &Token) -> Result<Token, Reused> {
    let fresh = Token::mint(self.clock.now());
    self.replace(old.hash(), fresh.hash())?;
    Ok(fresh)
}
\`\`\`

See the [RFC](https://www.rfc-editor.org/rfc/rfc6819) on *reuse*. ![a chart](https://example.invalid/chart.png)`;

const working: Said[] = [
  ...earlier(NOW),
  ...approved,
  [8, { type: "tasks_set", turn: "t1", tasks: [
    { text: "Write the migration", status: "done" },
    { text: "Move reads behind TokenStore", status: "running" },
    { text: "Backfill in batches", status: "pending" },
  ] }],
  call("t1", "i4", 7, "execute", "cargo nextest run -p session"),
  failed("t1", "i4", 6, "error[E0433]: failed to resolve: use of undeclared type `TokenStore`\n  --> src/session/store.rs:41:9"),
  call("t1", "i5", 5, "edit", "src/session/store.rs"),
];

const running: Scene = {
  ...base,
  snapshot: snapshot(
    view(ADA, { queue: true, stop: true, hand_over: true, steer: true }, { turn: turn(ADA, { asked_to_drive: ["chen"] }) }),
    logged(working),
    { partials: [{ turn: "t1", item: "run", thought: false, n: 3, text: TABLE, began: NOW - 2000 }] },
  ),
};

const done: Said[] = [...working.slice(0, -1), said("t1", 3, TABLE), closed("t1", 2, { kind: "completed" })];

const commands = [
  { name: "review", about: "Review the changes of this branch" },
  { name: "compact", about: "Make the history shorter, with what is worth keeping" },
  { name: "security-review", about: "Look for holes in what was changed" },
];

const paths = ["src/session/store.rs", "src/session/state.rs", "src/storage/mod.rs", "tests/session/a_rather_deep_folder/with_another_one/rotation_of_stale_tokens.rs"];
const replies: NonNullable<Scene["replies"]> = { find_files: { kind: "files", paths, more: true }, changes: CHANGES, file_change: fileChange, both_sides: BOTH_SIDES, risks: KNOWN_RISKS, worktrees: WORKTREES, folders: hostFolders, disk_use: { kind: "disk_use", bytes: 48_210_331 }, ...FILES };

const idle: Scene = { ...base, replies, snapshot: snapshot(view(ADA, { prompt_now: true, steer: true }, { commands }), logged(done)) };

/** Whatever is saved by hand comes too late. */
const overtaken: Scene = { ...idle, replies: { ...replies, ...raced("src/session/store.rs") } };

const shelved: Scene = { ...idle, directory: archived() };

const interrupted: Scene = {
  ...base,
  snapshot: snapshot(
    view(ADA, { prompt_now: true, steer: true, release_queue: true }, {
      interrupted: true,
      queue: {
        held: true,
        items: [item("q1", "chen", "also rename the metrics"), item("q2", "bea", "and then run the whole test suite once more, please, including the slow ones"), item("q3", "ada", "update the changelog"), item("q4", "ada", "open a draft of the release notes")],
      },
    }),
    logged([...working.slice(0, -1), said("t1", 30, "The migration is in. Next I move the reads"), closed("t1", 20, { kind: "interrupted" })]),
  ),
};

const queuedLocked: Scene = {
  ...base,
  link: [{ kind: "live", welcome: welcome(CHEN) }],
  snapshot: snapshot(
    view(CHEN, { queue: true, ask_to_drive: true, steer: true }, {
      turn: turn(BEA),
      queue: { held: false, items: [item("q1", "chen", "also rename the metrics", true)] },
    }),
    logged(working),
  ),
};

const many: Said[] = Array.from({ length: 14 }, (_, n) => n).flatMap((n): Said[] => [
  call("t1", `r${n}`, 80 - n, n % 3 ? "read" : "search", `src/module_${n}/a_rather_long_file_name_that_goes_on_and_on_${n}.rs`),
  ended("t1", `r${n}`, 79 - n, "ok"),
]);

const crowd: Scene = {
  ...base,
  directory: crowded(),
  snapshot: snapshot(
    view(ADA, { prompt_now: true, steer: true }, {
      title: "A session with a title that is as long as titles are ever allowed to get here, truly",
      roster: [
        ADA, BEA, CHEN, DANA,
        ...Array.from({ length: 8 }, (_, n) => ({ ...CHEN, person: `g${n}`, name: `Guest with a long name ${n}`, colour: 4 + n, muted: n === 2 })),
      ],
    }),
    logged([
      ...joined(),
      ...taken("t1", 100, "bea", "Look at everything. ".repeat(90)),
      ...many,
      [9, { type: "agent_exited", reason: "exit code 1", detail: "node: out of memory" }],
      [8, { type: "turn_stopping", turn: "t1", by: "ada" }, "ada"],
      closed("t1", 8, { kind: "failed", reason: "The agent’s program ended before it answered.", detail: "FATAL: heap limit" }),
    ]),
  ),
};

const muted: Scene = {
  ...base,
  link: [{ kind: "live", welcome: welcome(DANA) }],
  snapshot: snapshot(view({ ...DANA, muted: true }, {}, { turn: turn(BEA) }), logged(working)),
};

const blank: Scene = {
  ...base,
  snapshot: snapshot(view(ADA, { prompt_now: true, steer: true }, { memory: null, usage: NO_USAGE, roster: [ADA] }), logged(joined().slice(0, 2))),
};

function item(prompt: string, author: string, text: string, yours = author === "ada") {
  return { prompt, author, driver: null, origin: { kind: "human" as const }, body: { text }, state: { kind: "waiting" as const }, at: NOW, yours, you_may_remove: yours };
}

const away: Scene = { ...idle, replies: { digest: { kind: "digest", ...AWAY } } };

/** Two things that the owner took back. */
const takenBack: Scene = {
  ...base,
  snapshot: snapshot(
    view(ADA, { prompt_now: true, steer: true }),
    logged([
      ...done.slice(0, -2),
      bare([4, { type: "message_said", turn: "t1", item: "m9", text: long("") }]),
      bare([4, { type: "thought_had", turn: "t1", item: "m10", text: long(""), began: NOW - 9000 }]),
      ...done.slice(-1),
    ]),
  ),
};

function bare([ago, event, person]: Said): Said {
  const taken: Record<string, unknown> = { ...event, redacted: true };
  return [ago, taken as Said[1], person];
}

export const busy: Record<string, Scene> = { running, idle, overtaken, shelved, interrupted, "queued-locked": queuedLocked, crowd, muted, blank, away, "taken-back": takenBack };

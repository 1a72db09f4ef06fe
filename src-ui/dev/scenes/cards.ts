import { DIRECTORY } from "../directory";
import { DIFF, earlier } from "../events";
import { ADA, AGENTS, BEA, CHEN, welcome } from "../people";
import { snapshot, turn, view } from "../room";
import { logged, NOW, type Scene } from "../scene";

const base = { session: "s1", link: [{ kind: "live" as const, welcome: welcome(ADA) }], directory: DIRECTORY, agents: AGENTS };
const may = { queue: true, stop: true, take_lock: true, steer: true };

const edit = { tool: "edit_file", kind: "edit" as const, title: "Edit migrations/0007_refresh.sql", directory: ".", diffs: [DIFF] };
const run = { tool: "bash", kind: "execute" as const, title: "Apply the migration to the scratch database", command: "sqlite3 scratch.db < migrations/0007_refresh.sql", directory: "services/session", diffs: [] };

const permission: Scene = {
  ...base,
  snapshot: snapshot(
    view(ADA, may, {
      turn: turn(BEA, { phase: "awaiting", waiting_on: ["permission"] }),
      permissions: [
        { permission: "p1", turn: "t1", request: run, opened_at: NOW - 21_000, you_may: true },
        { permission: "p2", turn: "t1", request: edit, opened_at: NOW - 11_000, you_may: true },
      ],
    }),
    logged([
      ...earlier(NOW),
      [60, { type: "permission_asked", permission: "p0", turn: "t1", request: edit }],
      [55, { type: "permission_answered", permission: "p0", by: "ada", answer: "allow" }, "ada"],
      [21, { type: "permission_asked", permission: "p1", turn: "t1", request: run }],
      [11, { type: "permission_asked", permission: "p2", turn: "t1", request: edit }],
    ]),
  ),
};

const asked = {
  text: "Two things decide how I go on.",
  fields: [
    { key: "keep", text: "How long should the old column stay readable?", options: ["One release", "Two releases", "Drop it now"], many: false },
    { key: "tests", text: "Which tests should I write?", options: ["Rotation", "Reuse", "Revocation"], many: true },
    { key: "name", text: "What should the new module be called?", options: [], many: false },
  ],
};
const electorate = { kind: "everyone" as const, voters: ["bea", "chen", "ada"] };

const question: Scene = {
  ...base,
  snapshot: snapshot(
    view(ADA, may, {
      turn: turn(BEA, { phase: "awaiting", waiting_on: ["answers"] }),
      questions: [
        { question: "k1", turn: "t1", asked, electorate, answered: ["bea"], your_answers: null, waiting_for: [], opened_at: NOW - 9000, you_may: true },
      ],
    }),
    logged([
      ...earlier(NOW),
      [9, { type: "question_asked", question: "k1", turn: "t1", asked, electorate }],
      [4, { type: "question_answered", question: "k1", person: "bea", answers: { keep: ["One release"] } }, "bea"],
    ]),
  ),
};

/** A hasty agent in a room that wants a plan first, and a prompt with an image. */
const GREY = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";
const shown = { text: "Make it look like this.", images: [{ blob: "ab", kind: "png" as const, bytes: 67 }] };
const first = view(ADA, may);
const planFirst: Scene = {
  ...base,
  replies: { blob: { kind: "blob", hash: "ab", text: "", truncated: false, image: { kind: "png", data: GREY } } },
  snapshot: snapshot(
    view(ADA, may, { rules: { ...first.rules, plan_first: true }, turn: turn(BEA, { awaits_plan: true }) }),
    logged([
      ...earlier(NOW),
      [30, { type: "turn_taken", turn: "t9", prompt: "p9", author: "bea", driver: "bea", origin: { kind: "human" }, body: shown, choice: { agent: "claude-code" }, ceiling: "ask" }, "bea"],
      [29, { type: "turn_began", turn: "t9" }],
      [11, { type: "permission_refused", permission: "p2", turn: "t9", request: edit, refusal: "plan_first" }],
    ]),
  ),
};

/** Whoever may answer it has gone. */
const away = { presence: { kind: "away" as const, until: NOW + 60_000 } };
const theirs = { permission: "p1", turn: "t1", request: edit, opened_at: NOW - 10_000, you_may: false };
const permissionTheirs: Scene = {
  ...permission,
  link: [{ kind: "live", welcome: welcome(CHEN) }],
  snapshot: snapshot(
    view(CHEN, { queue: true, stop: true }, { turn: turn(CHEN, { phase: "awaiting", waiting_on: ["permission"] }), permissions: [theirs], roster: [{ ...ADA, ...away }, CHEN] }),
    logged(earlier(NOW)),
  ),
};

export const cardScenes: Record<string, Scene> = { permission, "permission-theirs": permissionTheirs, question, "plan-first": planFirst };

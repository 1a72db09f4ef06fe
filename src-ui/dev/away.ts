import type { Digest } from "../src/gen/Digest";
import { NOW } from "./scene";

export const AWAY: Digest = {
  since: 3,
  head: 12,
  from: NOW - 4_000_000,
  to: NOW - 9_000,
  turns: [
    { turn: "t1", seq: 5, at: NOW - 3_900_000, author: "bea", prompt: "Split the store", outcome: { kind: "completed" } },
    { turn: "t2", seq: 9, at: NOW - 60_000, author: "chen", prompt: "Rename it", outcome: null },
  ],
  earlier_turns: 0,
  decisions: [
    { seq: 6, at: NOW - 3_800_000, what: { kind: "plan", ballot: "b1", plan: "New table", votes: [], outcome: { kind: "approved" } } },
    { seq: 7, at: NOW - 3_700_000, what: { kind: "permission", permission: "p1", title: "Run the tests", by: "bea", answer: "allow" } },
  ],
  earlier_decisions: 0,
  files: [
    { path: "src/session/store.rs", added: 41, removed: 12 },
    { path: "migrations/0007_refresh.sql", added: 4, removed: 1 },
  ],
  more_files: 0,
  people: [],
};

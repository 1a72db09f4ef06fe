import type { Event } from "../src/gen/Event";
import type { FileDiff } from "../src/gen/FileDiff";
import type { ToolKind } from "../src/gen/ToolKind";
import { ADA, BEA, CHEN, DANA } from "./people";
import { NO_USAGE } from "./room";
import { long } from "./scene";

export type Said = [ago: number, event: Event, person?: string];

export const DIFF: FileDiff = {
  path: "migrations/0007_refresh.sql",
  added: 4,
  removed: 1,
  unified: long(
    "@@ -1,5 +1,8 @@\n CREATE TABLE session (\n-  refresh_token TEXT,\n+) STRICT;\n+CREATE TABLE refresh_token (\n+  hash BLOB PRIMARY KEY,\n+  expires_at INTEGER NOT NULL,\n   device TEXT NOT NULL\n",
  ),
};

export const PLAN = `1. **New table** \`refresh_token\` keyed by hash, with expiry and device
2. **Move reads** behind \`TokenStore\`; the old column stays readable for one release
3. **Backfill** in batches of 500, resumable
4. **Tests** for rotation, reuse and revocation`;

export function joined(): Said[] {
  return [
    [400, { type: "session_opened", session: "s1", workspace: "w1", number: 1, title: "Split the session store", choice: { agent: "claude-code" }, owner: "ada" }, "ada"],
    ...[ADA, BEA, CHEN, DANA].map(
      ({ person, name, colour, rights, muted }): Said => [390, { type: "person_joined", person, name, colour, rights, ceiling: "accept-edits", muted }, person],
    ),
  ];
}

export function taken(turn: string, ago: number, author: string, text: string): Said[] {
  const choice = { agent: "claude-code", model: "sonnet" };
  const body = { text } as Extract<Event, { type: "turn_taken" }>["body"];
  return [
    [ago, { type: "turn_taken", turn, prompt: `p-${turn}`, author, driver: author, origin: { kind: "human" }, body, choice, ceiling: "ask" }, author],
    [ago, { type: "turn_began", turn }],
  ];
}

export function thought(turn: string, ago: number, seconds: number, text: string, now: number): Said {
  return [ago, { type: "thought_had", turn, item: `th-${turn}-${ago}`, text: long(text), began: now - (ago + seconds) * 1000 }];
}

export function said(turn: string, ago: number, text: string): Said {
  return [ago, { type: "message_said", turn, item: `m-${turn}-${ago}`, text: long(text) }];
}

export function call(turn: string, item: string, ago: number, kind: ToolKind, title: string): Said {
  return [ago, { type: "tool_started", turn, item, call: { kind, title, input: long('{"path":"' + title + '"}'), paths: [title] } }];
}

export function ended(turn: string, item: string, ago: number, output: string, diffs: FileDiff[] = []): Said {
  return [ago, { type: "tool_ended", turn, item, status: "completed", output: long(output), diffs }];
}

export function failed(turn: string, item: string, ago: number, output: string): Said {
  return [ago, { type: "tool_ended", turn, item, status: "failed", output: long(output), diffs: [] }];
}

export function closed(turn: string, ago: number, outcome: Extract<Event, { type: "turn_ended" }>["outcome"]): Said {
  return [ago, { type: "turn_ended", turn, outcome, usage: { ...NO_USAGE, input_tokens: 12_300, output_tokens: 840, cost_micros: 21_000 } }];
}

/** One whole earlier turn: prompt, thought, reads, an edit, a message, its end. */
export function earlier(now: number): Said[] {
  return [
    ...joined(),
    ...taken("t1", 102, "bea", "Split the session store so that refresh tokens live in their own table. Plan first."),
    thought("t1", 92, 9, "The store mixes two lifetimes. I should read it first.", now),
    call("t1", "i1", 90, "read", "src/session/store.rs"),
    ended("t1", "i1", 89, "412 lines"),
    call("t1", "i2", 88, "search", "refresh_token"),
    ended("t1", "i2", 87, "23 hits in 6 files"),
    call("t1", "i3", 80, "edit", "migrations/0007_refresh.sql"),
    ended("t1", "i3", 79, "", [DIFF]),
  ];
}

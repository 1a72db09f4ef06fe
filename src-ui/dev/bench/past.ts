import type { Event } from "../../src/gen/Event";
import type { FileDiff } from "../../src/gen/FileDiff";
import type { LoggedEvent } from "../../src/gen/LoggedEvent";
import { DIFF, taken, type Said } from "../events";
import { NO_USAGE } from "../room";
import { long } from "../scene";

/** Items of the transcript that one turn of `turnOf` makes: a prompt, a thought, calls, a message, its end. */
export const ITEMS_OF_TURN = 10;

const STEPS = 6;
const OUTPUT = Array.from({ length: 24 }, (_, n) => `   Compiling session v0.1.${n} (/home/ada/code/ledger/crates/session)`).join("\n");

const PROSE =
  "The store mixes two lifetimes: a session lives for days, a refresh token for **minutes**. Reads go through `TokenStore`, and the old column stays readable for one release.\n\n";
const CODE = "```rust\npub fn rotate(&self, old: &Token) -> Result<Token, Reused> {\n    let fresh = Token::mint(self.clock.now());\n    self.replace(old.hash(), fresh.hash())?;\n    Ok(fresh)\n}\n```\n\n";
const TABLE = "| file | change |\n| --- | --- |\n| `store.rs` | reads behind `TokenStore` |\n| `token.rs` | rotation and reuse |\n\n";
const LIST = "1. **New table** keyed by hash\n2. **Move reads** behind the store\n3. **Backfill** in batches of 500\n\n";

/** What an agent writes in one message, over and over. */
export const SPEECH = [PROSE, CODE, PROSE, LIST, PROSE, TABLE].join("");

/** A turn as agents make them. */
export function turnOf(turn: string, n: number): Said[] {
  return [
    ...taken(turn, 0, "ada", `Question ${n}: move the next part of the session store. ${"With its tests, please. ".repeat(n % 4)}`),
    [0, { type: "thought_had", turn, item: `${turn}-t`, text: long(PROSE.repeat(1 + (n % 3))), began: 0 }],
    ...Array.from({ length: STEPS }, (_, step) => step).flatMap((step) => stepOf(turn, `${turn}-${step}`, n + step)),
    [0, { type: "message_said", turn, item: `${turn}-m`, text: long(`Answer ${n}. ${n % 3 ? PROSE : SPEECH}`) }],
    [0, { type: "turn_ended", turn, outcome: { kind: "completed" }, usage: NO_USAGE }],
  ];
}

/** One call: every sixth edits, the others read or run. */
export function stepOf(turn: string, item: string, n: number): Said[] {
  const edits = n % STEPS === 0;
  const title = edits ? DIFF.path : `src/module_${n % 40}/part.rs`;
  const diffs: FileDiff[] = edits ? [DIFF] : [];
  return [
    [0, { type: "tool_started", turn, item, call: { kind: edits ? "edit" : n % 2 ? "read" : "execute", title, input: long(`{"path":"${title}"}`), paths: [title] } }],
    [0, { type: "tool_ended", turn, item, status: "completed", output: long(OUTPUT), diffs }],
  ];
}

/** Numbers events on from where a session's log has come to. */
export class Log {
  seq = 0;

  next(said: Said[]): LoggedEvent[] {
    return said.map(([, event]) => this.logged(event));
  }

  private logged(event: Event): LoggedEvent {
    this.seq += 1;
    const hash = String(this.seq).padStart(64, "0");
    return { seq: this.seq, at: Date.now(), actor: { kind: "agent" }, hash, event: event as LoggedEvent["event"] };
  }
}

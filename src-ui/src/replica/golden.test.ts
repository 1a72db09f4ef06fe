// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nothing } from "./draft";
import { fold, knownTypes } from "./fold";
import { logged } from "./testing/story";

const folder = join(import.meta.dirname, "../../../crates/model/golden");

/** Facts that show nothing in a transcript by themselves, or only change what is already shown. */
const SILENT = new Set([
  "agent_told",
  "answerer_dropped",
  "ballot_closed",
  "commands_offered",
  "permission_answered",
  "permission_withdrawn",
  "person_away",
  "person_returned",
  "prompt_edited",
  "prompt_queued",
  "prompt_released",
  "prompt_returned",
  "prompt_steered",
  "question_answered",
  "question_settled",
  "question_withdrawn",
  "suggestion_accepted",
  "suggestion_dropped",
  "suggestion_edited",
  "turn_began",
  "usage_reported",
  "vote_cast",
  "voter_dropped",
]);

const golden = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, event: JSON.parse(readFileSync(join(folder, name), "utf8")) as { type: string } }))
  .filter(({ event }) => knownTypes.some((type) => type === event.type));

describe("the golden events that Rust writes", () => {
  it("are there for every event of a room", () => {
    const written = new Set(golden.map(({ event }) => event.type));
    expect(knownTypes.filter((type) => !written.has(type))).toEqual([]);
  });

  it.each(golden)("LO7 $name is understood", ({ event }) => {
    const { items } = fold(nothing, [logged(1, event)]);
    const unknown = items.filter((item) => item.kind === "notice" && item.notice.what === "unknown");
    expect(unknown).toEqual([]);
    expect(items.length).toBe(SILENT.has(event.type) ? 0 : 1);
  });
});

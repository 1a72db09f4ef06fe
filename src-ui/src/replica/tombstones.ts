import type { LoggedEvent } from "../gen/LoggedEvent";
import type { Draft } from "./draft";

const NAMED = ["item", "prompt", "ballot", "question", "permission", "suggestion"] as const;

/** Marks what an event with its words taken back has made or changed (LO11). */
export function markTakenBack(draft: Draft, event: LoggedEvent["event"]): void {
  if (event["redacted"] !== true) return;
  const ids = NAMED.map((name) => event[name]).filter((id) => typeof id === "string");
  const position = draft.items.findLastIndex((item) =>
    event.type === "tasks_set" ? item.kind === "tasks" && item.turn === event["turn"] : ids.includes(item.id),
  );
  const item = draft.items[position];
  if (item && item.kind !== "notice" && item.kind !== "turn_end") draft.items[position] = { ...item, takenBack: true };
}

import type { Item, NoticeItem, ToolItem } from "../../replica/types";
import { stretches, turnsIn } from "./rewound";

/** What the list draws: an item, or what followed each other and is said in one go. */
export type Row =
  | { kind: "item"; id: string; item: Item }
  | { kind: "tools"; id: string; tools: ToolItem[]; /** People rejected what the last call asked leave for. */ refused: boolean }
  | { kind: "joined"; id: string; at: number; people: string[] }
  | { kind: "rewound"; id: string; at: number; by: string; turns: number; rows: Row[] };

/** Tool calls of one turn share a box, arrivals a line; notices that say nothing to people are left out. */
export function rowsOf(items: readonly Item[]): Row[] {
  const rows: Row[] = [];
  const opening = openingOf(items);
  let turns = opening === 0 ? 1 : 0;
  for (const { item, gone } of stretches(items.slice(opening))) {
    if (gone) {
      rows.push({ kind: "rewound", id: item.id, at: item.at, by: item.by, turns: turnsIn(gone), rows: rowsOf(gone) });
      continue;
    }
    const last = rows.at(-1);
    if (item.kind === "turn_end") turns += 1;
    if (last?.kind === "tools" && saysItself(item, last.tools)) dropLast(rows, last.tools);
    if (last?.kind === "tools" && isRefusalOf(item, last.tools)) last.refused = true;
    if (item.kind === "tool" && !("takenBack" in item)) {
      if (last?.kind === "tools" && last.tools[0]?.turn === item.turn) last.tools.push(item);
      else rows.push({ kind: "tools", id: item.id, tools: [item], refused: false });
    } else if (item.kind === "notice" && item.notice.what === "joined") {
      if (last?.kind === "joined") last.people.push(item.notice.person);
      else rows.push({ kind: "joined", id: item.id, at: item.at, people: [item.notice.person] });
    } else if (item.kind !== "notice" || !isSilent(item, turns > 0)) rows.push({ kind: "item", id: item.id, item });
  }
  return rows;
}

/** A plan or a question stands right after the call that brought it; the card has all of it, and how it went. */
function saysItself(item: Item, tools: readonly ToolItem[]): boolean {
  const call = tools.at(-1)?.call;
  if (!call || !("turn" in item) || tools[0]?.turn !== item.turn) return false;
  if (item.kind === "plan") return call.kind === "switch_mode";
  return item.kind === "question" && call.kind === "other" && call.title === item.asked.text;
}

function isRefusalOf(item: Item, tools: readonly ToolItem[]): boolean {
  return item.kind === "permission" && item.answer?.answer === "reject" && item.request.title === tools.at(-1)?.call.title;
}

function dropLast(rows: Row[], tools: ToolItem[]): void {
  tools.pop();
  if (tools.length === 0) rows.pop();
}

/** How many notices only tell that the session was opened: with which rules, and its opener there. */
function openingOf(items: readonly Item[]): number {
  const opened = items[0];
  if (opened?.kind !== "notice" || opened.notice.what !== "session_opened") return 0;
  let count = 1;
  for (const item of items.slice(1)) {
    if (item.kind !== "notice") break;
    const { notice } = item;
    if (notice.what === "rules_changed") count += 1;
    else return notice.what === "joined" && notice.person === opened.by ? count + 1 : count;
  }
  return count;
}

/** The composer tells whether the agent remembers; here it is news only when it has forgotten what is above. */
function isSilent({ notice }: NoticeItem, anythingAbove: boolean): boolean {
  switch (notice.what) {
    case "mode_reported":
    case "wake_budget_refilled":
    case "session_opened":
      return true;
    case "agent_ready":
      return notice.memory === "resumed" || (!anythingAbove && !notice.lacks.some((lack) => lack.kind === "server"));
    default:
      return false;
  }
}

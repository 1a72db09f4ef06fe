import type { Item, NoticeItem, ToolItem } from "../../replica/types";

/** What the list draws: an item, or what followed each other and is said in one go. */
export type Row =
  | { kind: "item"; id: string; item: Item }
  | { kind: "tools"; id: string; tools: ToolItem[] }
  | { kind: "joined"; id: string; at: number; people: string[] };

/** Tool calls of one turn share a box, arrivals a line; notices that say nothing to people are left out. */
export function rowsOf(items: readonly Item[]): Row[] {
  const rows: Row[] = [];
  for (const item of items) {
    const last = rows.at(-1);
    if (item.kind === "tool") {
      if (last?.kind === "tools" && last.tools[0]?.turn === item.turn) last.tools.push(item);
      else rows.push({ kind: "tools", id: item.id, tools: [item] });
    } else if (item.kind === "notice" && item.notice.what === "joined") {
      if (last?.kind === "joined") last.people.push(item.notice.person);
      else rows.push({ kind: "joined", id: item.id, at: item.at, people: [item.notice.person] });
    } else if (item.kind !== "notice" || !isSilent(item)) rows.push({ kind: "item", id: item.id, item });
  }
  return rows;
}

function isSilent({ notice: { what } }: NoticeItem): boolean {
  return what === "mode_reported" || what === "wake_budget_refilled" || what === "session_opened";
}

import type { Item, ToolItem } from "../../replica/types";

/** What the list draws: an item, or tool calls that followed each other. */
export type Row = { kind: "item"; id: string; item: Item } | { kind: "tools"; id: string; tools: ToolItem[] };

/** Adjacent tool calls of one turn share a box; notices that say nothing to people are left out. */
export function rowsOf(items: readonly Item[]): Row[] {
  const rows: Row[] = [];
  for (const item of items) {
    const last = rows.at(-1);
    if (item.kind === "tool") {
      if (last?.kind === "tools" && last.tools[0]?.turn === item.turn) last.tools.push(item);
      else rows.push({ kind: "tools", id: item.id, tools: [item] });
    } else if (!isSilent(item)) rows.push({ kind: "item", id: item.id, item });
  }
  return rows;
}

function isSilent(item: Item): boolean {
  if (item.kind !== "notice") return false;
  const { what } = item.notice;
  return what === "mode_reported" || what === "wake_budget_refilled" || what === "session_opened";
}

import { Cell } from "./cell";
import { useCell } from "./use-cell";

/** What stands in the place of the panes: what waits for this person, or every session. */
export type Page = "inbox" | "sessions";

const page = new Cell<Page | null>(null);

export function showPage(what: Page | null): void {
  page.set(what);
}

export function togglePage(what: Page): void {
  page.set(page.get() === what ? null : what);
}

export function usePage(): Page | null {
  return useCell(page);
}

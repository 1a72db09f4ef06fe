import type { SessionRow } from "../../gen/SessionRow";
import type { SessionStatus } from "../../gen/SessionStatus";
import { titleOf } from "../../state/session-title";
import type { Store } from "../../state/store";

/** One session of the page, with what is known of it. */
export type Listed = {
  key: string;
  row: SessionRow;
  /** The other host's key. */
  host: string | null;
  store: Store;
  /** Its host is this person's own. */
  owned: boolean;
  place: string;
  repository: string;
  /** What its workspace takes on the disk, once that was counted. */
  bytes: number | null;
  unread: boolean;
  /** Keys of the agents that did turns in it, and ids of who asked; empty where the host does not say. */
  agents: readonly string[];
  people: readonly string[];
  tokens: number;
  cost: number;
};

export type Order = "needs" | "newest" | "cost";
export type Filters = { words: string; status: SessionStatus | ""; place: string; agent: string; person: string; tag: string };

export const NO_FILTERS: Filters = { words: "", status: "", place: "", agent: "", person: "", tag: "" };

/** The order of the groups: what wants somebody first, what is over last. */
export const STATUSES: readonly SessionStatus[] = ["needs_you", "needs_others", "running", "interrupted", "idle", "broken", "ended"];

export function filtered(all: readonly Listed[], { words, status, place, agent, person, tag }: Filters): Listed[] {
  const parts = words.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  // Each word as it stands: in a list that keeps its order, letters found here and there would only hide what is meant.
  const fits = ({ row, place }: Listed) => {
    const text = `${titleOf(row)} #${row.number} ${row.handle} ${place} ${(row.tags ?? []).join(" ")}`.toLocaleLowerCase();
    return parts.every((part) => text.includes(part));
  };
  return all.filter(
    (one) =>
      (status === "" || one.row.status === status) &&
      (place === "" || one.place === place || one.repository === place) &&
      (agent === "" || one.agents.includes(agent)) &&
      (person === "" || one.people.includes(person)) &&
      (tag === "" || (one.row.tags ?? []).includes(tag)) &&
      fits(one),
  );
}

export type Group = { status: SessionStatus | null; rows: readonly Listed[] };

/** In groups by what they want, or in one by time or by money. */
export function inOrder(all: readonly Listed[], order: Order): Group[] {
  const latest = all.toSorted((a, b) => b.row.updated_at - a.row.updated_at);
  switch (order) {
    case "needs":
      return STATUSES.map((status) => ({ status, rows: latest.filter(({ row }) => row.status === status) })).filter(({ rows }) => rows.length > 0);
    case "newest":
      return latest.length > 0 ? [{ status: null, rows: latest }] : [];
    case "cost": {
      const dearest = latest.toSorted((a, b) => b.cost - a.cost || b.tokens - a.tokens);
      return dearest.length > 0 ? [{ status: null, rows: dearest }] : [];
    }
  }
}

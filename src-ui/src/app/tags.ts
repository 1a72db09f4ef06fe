import type { SessionRow } from "../gen/SessionRow";

/** What somebody wrote as tags: apart by commas, each once. */
export function tagsIn(text: string): string[] {
  return [...new Set(text.split(",").map((tag) => tag.trim().replace(/^#/, "")))].filter(Boolean);
}

/** The tags that these sessions have. */
export function known(rows: readonly Pick<SessionRow, "tags">[]): string[] {
  return [...new Set(rows.flatMap(({ tags }) => tags ?? []))].toSorted();
}

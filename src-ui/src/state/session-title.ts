import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";

/** A session's title in words: the host gives it one once its first turn has run. */
export function titleWords(title: string): string {
  return title.trim() === "" ? t("session.untitled") : title;
}

/** What a session is called wherever sessions are listed. */
export function titleOf(row: Pick<SessionRow, "title" | "status" | "number">): string {
  return row.status === "broken" ? t("sessions.broken", { number: String(row.number) }) : titleWords(row.title);
}

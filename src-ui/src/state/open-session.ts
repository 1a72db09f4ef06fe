import type { Directory } from "../gen/Directory";
import type { SessionRow } from "../gen/SessionRow";
import { setTaste } from "./taste";

/** The chosen session, or, when there is none (any more), one that needs this person, or the latest. */
export function sessionInView(directory: Directory | null, chosen: string | null): SessionRow | null {
  const sessions = directory?.sessions ?? [];
  const found = sessions.find((row) => row.session === chosen);
  if (found) return found;
  const open = sessions.filter((row) => row.state !== "ended");
  const ranked = [...open].sort(
    (a, b) => Number(b.status === "needs_you") - Number(a.status === "needs_you") || b.updated_at - a.updated_at,
  );
  return ranked[0] ?? null;
}

/** At another host, if its key is given. */
export function openSession(session: string, host: string | null = null): void {
  setTaste({ session, host });
}

import type { Directory } from "../gen/Directory";
import type { SessionRow } from "../gen/SessionRow";
import { willWriteIn } from "./begun";
import { isBusy } from "./busy";
import { actOnLayout } from "./layout";
import { chat } from "./layout/model";
import { showPage } from "./page";

/** Open sessions by how much they want to be seen: those that wait for this person, running ones, then the latest. */
export function ranked(directory: Directory | null): SessionRow[] {
  const open = (directory?.sessions ?? []).filter((row) => row.state !== "ended");
  return open.toSorted((a, b) => rank(b) - rank(a) || b.updated_at - a.updated_at);
}

function rank({ status }: SessionRow): number {
  return status === "needs_you" ? 2 : isBusy(status) ? 1 : 0;
}

/** In a tab of the pane that is looked at, or where it is open already. At another host, if its key is given. */
export function openSession(session: string, host: string | null = null): void {
  showPage(null);
  actOnLayout({ type: "open", tab: chat(session, host) });
}

/** One that this person has just made: they go on by writing. */
export function openNew(session: string): void {
  willWriteIn(session);
  openSession(session);
}

/** In a pane beside what is read. */
export function openBeside(session: string, host: string | null = null): void {
  showPage(null);
  actOnLayout({ type: "open_beside", tab: chat(session, host) });
}

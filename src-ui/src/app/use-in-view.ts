import { useEffect } from "react";
import type { Directory } from "../gen/Directory";
import type { SessionRow } from "../gen/SessionRow";
import type { OtherHost } from "../state/hosts";
import { openSession, sessionInView } from "../state/open-session";
import { useOtherHosts } from "../state/other-hosts";
import { useTaste } from "../state/taste";

type InView = {
  row: SessionRow | null;
  /** The host that it is at, if that is another one. */
  other: OtherHost | null;
  hosts: readonly OtherHost[];
  /** Sessions that wait for this person, with the key of the host when that is another one. */
  waiting: readonly { row: SessionRow; host: string | null }[];
  /** False while the chosen host may yet turn out to be one that is known. */
  known: boolean;
};

/** What the page shows, of this host or of one that its owner has joined. */
export function useInView(directory: Directory | null, owner: boolean): InView {
  const { session, host } = useTaste();
  const answer = useOtherHosts();
  const hosts = answer ?? [];
  const other = hosts.find(({ row }) => row.key === host) ?? null;
  const known = host === null || answer !== null || !owner;
  const chosen = host === null ? session : null;
  const row = other ? sessionInView(other.directory, session) : known ? sessionInView(directory, chosen) : null;
  const shown = row?.session ?? null;
  const at = other ? host : null;
  // What is shown stays, whatever other session moves next: nobody's half-written words change rooms.
  useEffect(() => {
    if (shown && (shown !== session || at !== host)) openSession(shown, at);
  }, [shown, session, at, host]);
  const waiting = [
    ...needing(directory, null),
    ...hosts.flatMap((one) => (one.link.kind === "live" ? needing(one.directory, one.row.key) : [])),
  ];
  return { row, other, hosts, waiting, known };
}

function needing(directory: Directory | null, host: string | null) {
  return (directory?.sessions ?? []).filter(({ status }) => status === "needs_you").map((row) => ({ row, host }));
}

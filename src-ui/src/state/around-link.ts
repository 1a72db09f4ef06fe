/** Where a link of ours leads. */
export type Leads = { to: "join"; code: string } | { to: "session"; session: string };

/** `null`: nowhere that this program knows. Anybody may have made it, so nothing happens by itself (DT4). */
export function leadsTo(url: string): Leads | null {
  const [, kind, rest] = /^conclave:\/\/([a-z]+)\/(.+)$/.exec(url.trim()) ?? [];
  if (kind === "join" && rest) return { to: "join", code: url.trim() };
  if (kind === "session" && rest && /^[0-9a-f-]{36}$/.test(rest)) return { to: "session", session: rest };
  return null;
}

/** The key of a notice that no one session is behind. */
export const TO_INBOX = "inbox";

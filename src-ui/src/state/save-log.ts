import { useState } from "react";
import type { RawEvent } from "../gen/RawEvent";
import type { Reply } from "../gen/Reply";
import type { SignedHead } from "../gen/SignedHead";
import type { RequestWithoutCommand } from "../link";
import type { Clock } from "./clock";
import { failureHint, failureMessage, isFailure } from "./failure";
import { useStore } from "./index";
import { addToast } from "./toasts";

const FORMAT = 1;
const PAGE = 200;
const REST_MS = 1_000;

type Send = (request: RequestWithoutCommand) => Promise<Reply>;

/** A session's log as a file that `conclave log verify` reads: one JSON object a line (LO6). */
export async function logFile(session: string, send: Send, clock: Clock): Promise<string> {
  const stream = `session:${session}`;
  const events: RawEvent[] = [];
  const heads: SignedHead[] = [];
  for (;;) {
    const page = await patient(send, clock, { method: "log_page", params: { stream, after: events.at(-1)?.seq ?? 0, limit: PAGE } });
    if (page.kind !== "log_page") throw new TypeError(`a log page was answered by ${page.kind}`);
    events.push(...page.events);
    heads.push(...page.heads);
    if (!page.last) continue;
    const { epoch, key } = page;
    const log = { format: FORMAT, stream, epoch, key, fingerprint: await fingerprintOf(key) };
    const lines = [{ log }, ...events.map((event) => ({ event })), ...heads.map((head) => ({ head }))];
    return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  }
}

/** Saves it where this browser puts what is saved. */
export function useSaveLog(session: string, name: string): { save: () => Promise<void>; busy: boolean } {
  const { link, clock } = useStore();
  const [busy, setBusy] = useState(false);
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      offer(await logFile(session, (request) => link.request(request), clock), name);
    } catch (error) {
      addToast({ message: failureMessage(error), hint: failureHint(error), action: null });
    } finally {
      setBusy(false);
    }
  };
  return { save, busy };
}

/** A long log is more pages than a host answers at once. */
async function patient(send: Send, clock: Clock, request: RequestWithoutCommand): Promise<Reply> {
  for (;;) {
    try {
      return await send(request);
    } catch (error) {
      if (!isFailure(error) || error.code !== "rate_limited") throw error;
      await new Promise<void>((rested) => clock.after(REST_MS, rested));
    }
  }
}

/** SHA-256 of the host's public key in base64url, as invites carry it. */
async function fingerprintOf(key: string): Promise<string> {
  const bytes = Uint8Array.from(key.match(/../g) ?? [], (pair) => parseInt(pair, 16));
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return btoa(String.fromCharCode(...digest)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function offer(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: "application/x-ndjson" }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  URL.revokeObjectURL(address);
}

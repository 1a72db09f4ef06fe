import type { SignedHead } from "../gen/SignedHead";
import type { Snapshot } from "../gen/Snapshot";
import { keepJson, recallJson } from "./kept";

const KEY = "conclave.head.";

/** The last head of each stream that the host has signed: what this browser can bear witness to (LO6). */
export function keepHead(head: SignedHead, place = ""): void {
  const kept = keptHead(head.stream, place);
  if (kept && kept.epoch === head.epoch && kept.seq >= head.seq) return;
  keepJson(KEY + place + head.stream, head);
}

export function keptHead(stream: string, place = ""): SignedHead | null {
  return recallJson(KEY + place + stream, isHead);
}

/** The log that is shown now is not the one that the host has sworn to before. */
export function contradicts(kept: SignedHead | null, { cursor, events }: Snapshot): boolean {
  if (!kept) return false;
  if (kept.epoch !== cursor.epoch || kept.seq > cursor.seq) return true;
  const there = events.find(({ seq }) => seq === kept.seq);
  return there !== undefined && there.hash !== kept.hash;
}

function isHead(value: unknown): value is SignedHead {
  if (typeof value !== "object" || value === null) return false;
  const { epoch, stream, seq, hash } = value as Record<string, unknown>;
  return typeof epoch === "string" && typeof stream === "string" && typeof seq === "number" && typeof hash === "string";
}

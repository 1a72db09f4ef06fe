import type { Failure } from "../gen/Failure";
import type { Notification } from "../gen/Notification";
import type { Reply } from "../gen/Reply";
import type { Request } from "../gen/Request";

export type HostFrame =
  | { kind: "reply"; id: number; reply: Reply }
  | { kind: "failed"; id: number | null; failure: Failure }
  | { kind: "notification"; notification: Notification };

export function encode(id: number, request: Request): string {
  return JSON.stringify({ jsonrpc: "2.0", id, ...request });
}

/** `null` for what is not a frame of a host. Unknown methods and fields are carried (PA10). */
export function decode(text: string): HostFrame | null {
  const frame = parse(text);
  if (!isRecord(frame) || frame.jsonrpc !== "2.0") return null;
  if (typeof frame.method === "string") {
    return { kind: "notification", notification: frame as unknown as Notification };
  }
  if (isRecord(frame.error) && isRecord(frame.error.data)) {
    const id = typeof frame.id === "number" ? frame.id : null;
    return { kind: "failed", id, failure: frame.error.data as Failure };
  }
  if (typeof frame.id !== "number" || !isRecord(frame.result)) return null;
  return { kind: "reply", id: frame.id, reply: frame.result as Reply };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

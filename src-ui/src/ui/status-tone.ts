import type { SessionStatus } from "../gen/SessionStatus";
import type { DotTone } from "./dot";

const TONES: Record<SessionStatus, DotTone> = {
  needs_you: "need",
  needs_others: "run",
  running: "run",
  interrupted: "bad",
  idle: "idle",
  ended: "off",
  broken: "bad",
};

export function toneOf(status: SessionStatus): DotTone {
  // PA10: a newer host may have another.
  return (TONES as Partial<typeof TONES>)[status] ?? "idle";
}

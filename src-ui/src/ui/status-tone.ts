import type { SessionStatus } from "../gen/SessionStatus";
import type { DotTone } from "./dot";

const TONES: Record<SessionStatus, DotTone> = {
  needs_you: "need",
  running: "run",
  interrupted: "bad",
  idle: "idle",
  ended: "off",
  broken: "bad",
};

export function toneOf(status: SessionStatus): DotTone {
  return TONES[status];
}

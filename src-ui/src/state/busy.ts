import type { SessionStatus } from "../gen/SessionStatus";

/** A turn is under way there, at work or waiting for somebody's answer. */
export function isBusy(status: SessionStatus | undefined): boolean {
  return isWaiting(status) || status === "running";
}

/** Something is open there that somebody has to settle. */
export function isWaiting(status: SessionStatus | undefined): boolean {
  return status === "needs_you" || status === "needs_others";
}

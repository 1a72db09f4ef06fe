import type { Failure } from "../gen/Failure";
import type { FailureCode } from "../gen/FailureCode";
import { t, type Key } from "../messages/t";

/** What to do next, for codes whose sentence from the host says only what happened. */
const HINTS: Partial<Record<FailureCode, Key>> = {
  agent_missing: "hint.agent_missing",
  already_decided: "hint.already_decided",
  forbidden: "hint.forbidden",
  internal: "hint.internal",
  muted: "hint.muted",
  path_missing: "hint.path_missing",
  rate_limited: "hint.rate_limited",
  storage: "hint.storage",
  too_large: "hint.too_large",
  turn_locked: "hint.turn_locked",
  unknown_method: "hint.unknown_method",
};

export function isFailure(error: unknown): error is Failure {
  return typeof error === "object" && error !== null && "code" in error && "retry" in error && "message" in error;
}

export function failureMessage(error: unknown): string {
  return isFailure(error) && error.message !== "" ? error.message : t("failure.unknown");
}

export function failureHint(error: unknown): string | null {
  const key = isFailure(error) ? HINTS[error.code] : undefined;
  return key === undefined ? null : t(key as "hint.internal");
}

export function mayRetry(error: unknown): boolean {
  return isFailure(error) && error.retry === "after";
}

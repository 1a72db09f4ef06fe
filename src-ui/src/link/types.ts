import type { ByeReason } from "../gen/ByeReason";
import type { Failure } from "../gen/Failure";
import type { FailureCode } from "../gen/FailureCode";
import type { Request } from "../gen/Request";
import type { Welcome } from "../gen/Welcome";

/**
 * Why the link does not dial again by itself: what the host said, or
 * `no_credential` – the owner's page without a fresh link (`conclave open` prints one, PA12);
 * `no_invite` – a guest's page without an invite and without an earlier visit.
 */
export type RefusedReason = ByeReason | FailureCode | "no_credential" | "no_invite";

export type LinkState =
  | { kind: "idle" }
  | { kind: "dialling"; attempt: number }
  /** Somebody at the host has been asked to let this person in. */
  | { kind: "waiting_for_consent" }
  | { kind: "live"; welcome: Welcome }
  /** The connection is gone; dialled again at `until` (milliseconds since the epoch) or on `redial`. */
  | { kind: "retrying"; until: number; attempt: number }
  /** `message` is the host's own sentence; when `null` the catalogue has one for `reason`. */
  | { kind: "refused"; reason: RefusedReason; message: string | null }
  /** A first visit: ask for a name and call `knock`. `failure` says why the last name was refused. */
  | { kind: "needs_name"; name: string; failure: Failure | null };

type WithoutCommand<R> = R extends { method: infer M; params: infer P }
  ? { method: M; params: P extends { command: unknown } ? Omit<P, "command"> : P }
  : R;

/** A request as features write it: the command id is added on the way out (LO5). */
export type RequestWithoutCommand = WithoutCommand<Request>;

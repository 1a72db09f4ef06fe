import type { Bye } from "../gen/Bye";
import type { ByeReason } from "../gen/ByeReason";
import type { Failure } from "../gen/Failure";
import type { Welcome } from "../gen/Welcome";
import type { LinkState, RefusedReason } from "./types";

/** The link to one host, as a value. Times are milliseconds since the epoch. */
export type Machine =
  | { kind: "idle" }
  | { kind: "dialling"; attempt: number; deadline: number }
  /** The connection is open, the hello is sent. */
  | { kind: "catching"; attempt: number; deadline: number }
  | { kind: "consent" }
  | { kind: "live"; welcome: Welcome }
  | { kind: "waiting"; attempt: number; until: number }
  | { kind: "refused"; reason: RefusedReason; message: string | null }
  | { kind: "needs_name"; name: string; failure: Failure | null };

/** How this page can prove who it is, looked up anew for each dial. */
export type Ready = { kind: "ready" } | NotReady;
export type NotReady =
  | { kind: "needs_name"; name: string }
  | { kind: "refused"; reason: RefusedReason };

export type Input =
  | { kind: "start"; ready: Ready }
  | { kind: "opened" }
  | { kind: "welcomed"; welcome: Welcome }
  | { kind: "asked_for_consent" }
  /** The hello was refused; `ready` tells of another way to prove who we are, `null` of none. */
  | { kind: "hello_failed"; failure: Failure; ready: Ready | null }
  | { kind: "bye"; bye: Bye }
  | { kind: "closed"; code: number }
  | { kind: "time_up" }
  /** The network is back, or somebody looks at the page again. */
  | { kind: "woken" }
  | { kind: "stopped" };

export type Effect = "dial" | "hello" | "hang_up";
export type Step = readonly [Machine, readonly Effect[]];
export type Chance = { now: number; /** From 0 up to 1. */ random: number };

const HELLO_TIME = 15_000;
const LONGEST_WAIT = 30_000;

/** Time alone does not mend these (PA9): bad frame, not paired, revoked, version, another key. */
const FINAL_CODES: Readonly<Record<number, RefusedReason>> = {
  4400: "bad_frame",
  4401: "not_paired",
  4403: "revoked",
  4410: "version",
  4460: "key_changed",
};

const FINAL_BYES: Readonly<Record<ByeReason, boolean>> = {
  refused: true,
  revoked: true,
  kicked: true,
  expired: true,
  left: true,
  bad_frame: true,
  version: true,
  key_changed: true,
  hello_late: false,
  rate: false,
  host_stopping: false,
  storage: false,
  unreachable: false,
};

export function step(machine: Machine, input: Input, chance: Chance): Step {
  switch (input.kind) {
    case "start":
      return begin(input.ready, 0, chance);
    case "opened":
      return opened(machine, chance);
    case "welcomed":
      return isConnected(machine) ? [{ kind: "live", welcome: input.welcome }, []] : [machine, []];
    case "asked_for_consent":
      return machine.kind === "catching" ? [{ kind: "consent" }, []] : [machine, []];
    case "hello_failed":
      return helloFailed(machine, input.failure, input.ready, chance);
    case "bye":
      return bye(machine, input.bye, chance);
    case "closed":
      return closed(machine, input.code, chance);
    case "time_up":
      return machine.kind === "waiting" ? dial(machine.attempt, chance) : lost(machine, chance);
    case "woken":
      return machine.kind === "waiting" ? dial(machine.attempt, chance) : [machine, []];
    case "stopped":
      return [{ kind: "idle" }, ["hang_up"]];
  }
}

/** When `time_up` is due, if nothing else happens before. */
export function deadline(machine: Machine): number | null {
  switch (machine.kind) {
    case "dialling":
    case "catching":
      return machine.deadline;
    case "waiting":
      return machine.until;
    case "idle":
    case "consent":
    case "live":
    case "refused":
    case "needs_name":
      return null;
  }
}

/** 1, 2, 4 … 30 s, each cut by up to a half, so that a crowd does not come back as one. */
export function backoff(attempt: number, random: number): number {
  const whole = Math.min(LONGEST_WAIT, 1000 * 2 ** Math.min(attempt - 1, 10));
  return Math.round(whole * (1 - random / 2));
}

export function linkState(machine: Machine): LinkState {
  switch (machine.kind) {
    case "dialling":
    case "catching":
      return { kind: "dialling", attempt: machine.attempt };
    case "consent":
      return { kind: "waiting_for_consent" };
    case "waiting":
      return { kind: "retrying", until: machine.until, attempt: machine.attempt };
    case "idle":
    case "live":
    case "refused":
    case "needs_name":
      return machine;
  }
}

function begin(ready: Ready, attempt: number, chance: Chance): Step {
  switch (ready.kind) {
    case "ready":
      return dial(attempt, chance);
    case "needs_name":
      return [{ kind: "needs_name", name: ready.name, failure: null }, []];
    case "refused":
      return [{ kind: "refused", reason: ready.reason, message: null }, []];
  }
}

function dial(attempt: number, { now }: Chance): Step {
  return [{ kind: "dialling", attempt, deadline: now + HELLO_TIME }, ["hang_up", "dial"]];
}

function opened(machine: Machine, { now }: Chance): Step {
  if (machine.kind !== "dialling") return [machine, []];
  return [{ kind: "catching", attempt: machine.attempt, deadline: now + HELLO_TIME }, ["hello"]];
}

function helloFailed(machine: Machine, failure: Failure, ready: Ready | null, chance: Chance): Step {
  if (machine.kind !== "catching" && machine.kind !== "consent") return [machine, []];
  if (failure.retry === "after") return lost(machine, chance);
  const refused: Machine = { kind: "refused", reason: failure.code, message: failure.message };
  const [next, effects] = ready ? begin(ready, 0, chance) : [refused, []];
  const told: Machine = next.kind === "needs_name" ? { ...next, failure } : next;
  return [told, effects.includes("hang_up") ? effects : ["hang_up", ...effects]];
}

function bye(machine: Machine, { reason, message }: Bye, chance: Chance): Step {
  if (!isConnected(machine)) return [machine, []];
  if (!FINAL_BYES[reason]) return lost(machine, chance);
  return [{ kind: "refused", reason, message }, ["hang_up"]];
}

function closed(machine: Machine, code: number, chance: Chance): Step {
  const reason = FINAL_CODES[code];
  if (machine.kind === "dialling" || isConnected(machine)) {
    return reason ? [{ kind: "refused", reason, message: null }, ["hang_up"]] : lost(machine, chance);
  }
  return [machine, []];
}

function lost(machine: Machine, { now, random }: Chance): Step {
  if (machine.kind !== "dialling" && !isConnected(machine)) return [machine, []];
  const attempt = "attempt" in machine ? machine.attempt + 1 : 1;
  return [{ kind: "waiting", attempt, until: now + backoff(attempt, random) }, ["hang_up"]];
}

function isConnected(machine: Machine): boolean {
  return machine.kind === "catching" || machine.kind === "consent" || machine.kind === "live";
}

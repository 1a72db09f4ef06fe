import type { Auth } from "../gen/Auth";
import type { Failure } from "../gen/Failure";
import type { Welcome } from "../gen/Welcome";
import type { NotReady } from "./machine";

/** How a page proves who it is. Asked before each dial, told how each hello went. */
export interface Credentials {
  way(): Auth | NotReady;
  welcomed(by: Auth, welcome: Welcome): void;
  /** The hello was refused: is there another way now, the question for a name included? */
  failed(by: Auth, failure: Failure): boolean;
  /** A person gave the name to knock with. */
  named(name: string): void;
  /** Nobody let this person in: the next visit asks for a name before it knocks again. */
  sentAway(): void;
}

/** The page as far as credentials touch it. */
export type Page = {
  fragment: string;
  /** Takes the fragment out of the address and out of the history. */
  clearFragment(): void;
  session: Keep;
  local: Keep;
};

export type Keep = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export function isAuth(way: Auth | NotReady): way is Auth {
  return way.kind !== "needs_name" && way.kind !== "refused";
}

/** Refusals of the proof itself, where another proof may do. */
export function refusesProof({ code }: Failure): boolean {
  return PROOF_REFUSED.has(code);
}

const PROOF_REFUSED: ReadonlySet<Failure["code"]> = new Set([
  "not_paired",
  "invite_unknown",
  "invite_spent",
  "invite_expired",
]);

/** The desktop window: the host knows it by the channel it speaks through. */
export const windowCredentials: Credentials = {
  way: () => ({ kind: "local", token: "" }),
  welcomed: () => undefined,
  failed: () => false,
  named: () => undefined,
  sentAway: () => undefined,
};

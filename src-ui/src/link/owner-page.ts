import type { Auth } from "../gen/Auth";
import type { Failure } from "../gen/Failure";
import type { Welcome } from "../gen/Welcome";
import { refusesProof, type Credentials, type Page } from "./credentials";
import type { NotReady } from "./machine";

const KEY = "conclave.owner";

/** The owner's loopback page: a one-time secret in the fragment becomes a credential of this tab (PA12). */
export function ownerPage(page: Page): Credentials {
  let secret = page.fragment.replace(/^#/, "");
  if (secret !== "") page.clearFragment();
  return { way, welcomed, failed, named: () => undefined, sentAway: () => undefined };

  function way(): Auth | NotReady {
    if (secret !== "") return { kind: "open_link", secret };
    const credential = page.session.getItem(KEY);
    return credential ? { kind: "device", credential } : { kind: "refused", reason: "no_credential" };
  }

  function welcomed(by: Auth, { credential }: Welcome): void {
    if (by.kind !== "open_link") return;
    secret = "";
    if (credential !== undefined) page.session.setItem(KEY, credential);
  }

  /** A spent link may stand before a credential that is still good; without either, `way` says so. */
  function failed(by: Auth, failure: Failure): boolean {
    if (!refusesProof(failure)) return false;
    if (by.kind === "open_link") secret = "";
    else page.session.removeItem(KEY);
    return true;
  }
}

import type { Auth } from "../gen/Auth";
import type { Failure } from "../gen/Failure";
import type { Welcome } from "../gen/Welcome";
import { refusesProof, type Credentials, type Page } from "./credentials";
import type { NotReady } from "./machine";

const KEY = "conclave.guest";

/** What a guest's browser keeps for this host, which is this page's origin. */
type Kept = {
  /** Made here before the first hello, so that a lost reply locks nobody out (SH2). */
  credential: string;
  name: string;
  /** Invites this browser has come in by. */
  joined: string[];
  /** Invites it has knocked with, and under which name. */
  asked: Record<string, string>;
};

type Invite = { invite: string; secret: string };

/** A guest's page: an invite in the fragment on the first visit, the device's credential ever after. */
export function guestPage(page: Page): Credentials {
  const invite = readInvite(page.fragment);
  const kept = read(page) ?? { credential: newCredential(), name: "", joined: [], asked: {} };
  let unusable = false;
  if (invite && kept.joined.includes(invite.invite)) page.clearFragment();
  return { way, welcomed, failed, named, sentAway: forget };

  function way(): Auth | NotReady {
    const { credential, name, joined, asked } = kept;
    if (invite && !unusable && !joined.includes(invite.invite)) {
      const given = asked[invite.invite];
      if (given === undefined) return { kind: "needs_name", name };
      return { kind: "invite", ...invite, credential, name: given };
    }
    return joined.length > 0 ? { kind: "device", credential } : { kind: "refused", reason: "no_invite" };
  }

  function welcomed(by: Auth, { name }: Welcome): void {
    if (by.kind !== "invite") return;
    forget();
    keep({ name, joined: [...kept.joined, by.invite] });
    page.clearFragment();
  }

  function failed(by: Auth, failure: Failure): boolean {
    if (by.kind !== "invite") return false;
    if (failure.code === "name_refused") {
      forget();
      return true;
    }
    unusable = refusesProof(failure);
    return unusable && kept.joined.length > 0;
  }

  function named(name: string): void {
    if (invite) keep({ name, asked: { ...kept.asked, [invite.invite]: name } });
  }

  function forget(): void {
    if (!invite) return;
    const { [invite.invite]: _, ...asked } = kept.asked;
    keep({ asked });
  }

  function keep(change: Partial<Kept>): void {
    Object.assign(kept, change);
    page.local.setItem(KEY, JSON.stringify(kept));
  }
}

/** `i=<invite>&s=<secret>`, or the host's own `version.port.fingerprint.invite.secret.addresses`. */
export function readInvite(fragment: string): Invite | null {
  const text = fragment.replace(/^#/, "");
  const query = new URLSearchParams(text);
  const parts = /^\d+\./.test(text) ? text.split(".") : [];
  const invite = query.get("i") ?? parts[3];
  const secret = query.get("s") ?? parts[4];
  return invite && secret ? { invite, secret } : null;
}

function read(page: Page): Kept | null {
  try {
    const kept: unknown = JSON.parse(page.local.getItem(KEY) ?? "null");
    return isKept(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isKept(kept: unknown): kept is Kept {
  if (typeof kept !== "object" || kept === null) return false;
  const { credential, name, joined, asked } = kept as Record<string, unknown>;
  const texts = typeof credential === "string" && typeof name === "string";
  return texts && Array.isArray(joined) && typeof asked === "object" && asked !== null;
}

/** 256 random bits, base64url. */
function newCredential(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

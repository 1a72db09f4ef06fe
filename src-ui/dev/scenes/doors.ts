import type { PairingView } from "../../src/gen/PairingView";
import type { LinkState, RefusedReason } from "../../src/link/types";
import { DIRECTORY, EMPTY } from "../directory";
import { CODE_UNTIL, DOOR } from "../door";
import { hostFolders } from "../folders";
import { ADA, AGENTS, CHEN, welcome } from "../people";
import { snapshot, view } from "../room";
import { NOW, type Scene } from "../scene";
import { ballots } from "./ballots";
import { busy } from "./busy";

const bare = { session: null, directory: EMPTY, agents: AGENTS, snapshot: null };

const firstRun: Scene = { ...bare, replies: { folders: hostFolders }, link: [{ kind: "live", welcome: welcome(ADA) }] };
/** What is cloned here never comes. */
const cloning: Scene = { ...firstRun, replies: { clone_repository: () => new Promise(() => undefined) } };
const guestEmpty: Scene = { ...bare, link: [{ kind: "live", welcome: welcome(CHEN) }] };
/** A guest's page, opened by the link of an invite. */
const door = { address: "192.168.1.20:7421", fingerprint: "9f2c 44e1 b0a7 d35c 8e6f 0b1a 2d3c 4e5f 27ae 41e4 649b 934c a495 991b 7852 b855" };
const outside = (...link: LinkState[]): Scene => ({ ...bare, door, link });
const refusedFor = (reason: RefusedReason, message: string | null = null): Scene => outside({ kind: "refused", reason, message });

const name = outside({ kind: "needs_name", name: "", failure: null });
const nameRefused = outside({
  kind: "needs_name",
  name: "‮",
  failure: { code: "name_refused", message: "That name cannot be shown.", retry: "after_change" },
});
const waiting = outside({ kind: "waiting_for_consent" });
const silent = outside({ kind: "dialling", attempt: 0 }, { kind: "retrying", until: NOW + 9_000, attempt: 3 });
const ownerSilent: Scene = { ...silent, door: undefined };

/** Why a host lets somebody not in, or not any more, in the host's own sentences. */
const refusals: Record<string, Scene> = {
  refused: refusedFor("invite_spent", "This invite was used already. Ask for a new one."),
  turned_away: refusedFor("refused", "This host did not let you in."),
  kicked: refusedFor("kicked", "The owner has removed you."),
  revoked: refusedFor("revoked", "The owner has ended this share with you."),
  expired: refusedFor("expired", "The time of this share is up."),
  left: refusedFor("left", "You have left."),
  not_paired: refusedFor("not_paired", "The owner has removed you. Only the owner can invite you again."),
  version: refusedFor("version"),
  no_invite: refusedFor("no_invite"),
  browsers_off: refusedFor("browser_guests_off", "This share takes no browsers."),
  no_credential: { ...refusedFor("no_credential"), door: undefined },
  shut: { ...refusedFor("refused", "The folder ~/.local/share/conclave is in use by another Conclave (process 4711)."), door: undefined },
};
const empty: Scene = {
  ...bare,
  directory: { ...EMPTY, repositories: DIRECTORY.repositories, workspaces: DIRECTORY.workspaces.slice(0, 1) },
  link: [{ kind: "live", welcome: welcome(ADA) }],
};
const knock: Scene = {
  ...(ballots.vote as Scene),
  directory: { ...DIRECTORY, knocks: [{ knock: "n1", name: "Emil", device: "Firefox on Linux", kind: "browser", share_label: "ledger · auth-refactor", at: NOW }] },
};
const offline: Scene = {
  ...(busy.running as Scene),
  link: [...(busy.running as Scene).link, { kind: "retrying", until: NOW + 14_000, attempt: 4 }],
};
const failure: Scene = {
  ...(busy.idle as Scene),
  refuses: { code: "storage", message: "The host could not write to its disk. Nothing was sent to the agent.", retry: "after" },
};

const owner: Scene = { ...(busy.idle as Scene), replies: DOOR };
const unshared: Scene = { ...owner, replies: { ...DOOR, shares: { kind: "shares", shares: [] } }, directory: { ...DIRECTORY, live_shares: 0 } };
const guest: Scene = {
  ...(busy.idle as Scene),
  door,
  link: [{ kind: "live", welcome: { ...welcome(CHEN), unverified: true } }],
  snapshot: snapshot(view(CHEN, { prompt_now: true, steer: true }), (busy.idle as Scene).snapshot?.events ?? []),
  replies: DOOR,
};

const fork: Scene = {
  ...owner,
  directory: { ...DIRECTORY, fork_offers: [{ fork: "w2", source: "w1", share_labels: ["auth-refactor"] }] },
};

const standing = { share: "sh1", until: CODE_UNTIL };
const pairing = (more: Pick<PairingView, "tries" | "outcome" | "resting_until">): Scene => ({
  ...owner,
  directory: { ...DIRECTORY, pairing: { ...standing, ...more } },
});

export const doors: Record<string, Scene> = {
  owner,
  unshared,
  guest,
  fork,
  pairing: pairing({ tries: 1, outcome: "waiting" }),
  paired: pairing({ tries: 1, outcome: "done" }),
  burnt: pairing({ tries: 3, outcome: "burnt", resting_until: NOW + 600_000 }),
  "first-run": firstRun, cloning, "guest-empty": guestEmpty, name, "name-refused": nameRefused, waiting, silent, "owner-silent": ownerSilent, ...refusals, empty, knock, offline, failure };

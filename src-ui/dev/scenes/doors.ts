import type { PairingView } from "../../src/gen/PairingView";
import { DIRECTORY, EMPTY } from "../directory";
import { CODE_UNTIL, DOOR } from "../door";
import { ADA, AGENTS, CHEN, welcome } from "../people";
import { snapshot, view } from "../room";
import { NOW, type Scene } from "../scene";
import { ballots } from "./ballots";
import { busy } from "./busy";

const bare = { session: null, directory: EMPTY, agents: AGENTS, snapshot: null };

const firstRun: Scene = { ...bare, link: [{ kind: "live", welcome: welcome(ADA) }] };
const guestEmpty: Scene = { ...bare, link: [{ kind: "live", welcome: welcome(CHEN) }] };
const name: Scene = { ...bare, link: [{ kind: "needs_name", name: "", failure: null }] };
const waiting: Scene = { ...bare, link: [{ kind: "waiting_for_consent" }] };
const refused: Scene = { ...bare, link: [{ kind: "refused", reason: "invite_spent", message: null }] };
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
  "first-run": firstRun, "guest-empty": guestEmpty, name, waiting, refused, empty, knock, offline, failure };

import type { KnownHostRow } from "../../src/gen/KnownHostRow";
import type { LinkState } from "../../src/link";
import { DIRECTORY } from "../directory";
import { DOOR } from "../door";
import { BEA, CHEN, welcome } from "../people";
import { snapshot, view } from "../room";
import { NOW, type Scene } from "../scene";
import { busy } from "./busy";

const idle = busy.idle as Scene;

/** Ada, seen from Bea's machine. */
function known(key: string, label: string, more: Partial<KnownHostRow> = {}): KnownHostRow {
  return { key, label, name: "Bea", waiting: false, in_keyring: true, address: "192.168.1.20:7421", added_at: NOW, welcomed_at: NOW, ...more };
}

const mine: Scene = {
  ...idle,
  replies: DOOR,
  link: [{ kind: "live", welcome: { ...welcome(BEA), host: "h2", host_name: "Bea’s laptop", owner: true } }],
  directory: {
    ...DIRECTORY,
    repositories: [{ repository: "r9", name: "notes", path: "/home/bea/notes" }],
    workspaces: [{ workspace: "w9", repository: "r9", repository_name: "notes", name: "weekly", branch: "conclave/weekly", path: null, shared: false }],
    sessions: [{ ...(DIRECTORY.sessions[1] as (typeof DIRECTORY.sessions)[number]), session: "b1", workspace: "w9", number: 1, title: "Sort the notes", handle: "31c0" }],
    live_shares: 0,
  },
};

const shared: Scene = {
  ...idle,
  link: [{ kind: "live", welcome: { ...welcome(CHEN), name: "Bea" } }],
  directory: { ...DIRECTORY, repositories: DIRECTORY.repositories.slice(0, 1), workspaces: DIRECTORY.workspaces.slice(0, 1), sessions: DIRECTORY.sessions.slice(0, 3), live_shares: 0 },
  snapshot: snapshot(view(BEA, { prompt_now: true, steer: true }), idle.snapshot?.events ?? []),
};
const at = (...link: LinkState[]): Scene => ({ ...shared, link });
const before: LinkState = { kind: "live", welcome: { ...welcome(CHEN), name: "Bea" } };

const ada = { row: known("kA", "Ada’s workbench"), scene: shared };

/** Bea's page with Ada's host beside her own. */
const elsewhere: Scene = { ...mine, session: "s1", elsewhere: { open: "kA", hosts: [ada] } };

const states: Scene = {
  ...mine,
  session: "b1",
  elsewhere: {
    open: null,
    hosts: [
      ada,
      { row: known("kB", "Chen"), scene: at(before, { kind: "retrying", until: NOW + 14_000, attempt: 4 }) },
      { row: known("kC", "Dana’s desktop under the stairs", { waiting: true }), scene: at({ kind: "waiting_for_consent" }) },
      { row: known("kD", "Emil"), scene: at({ kind: "refused", reason: "key_changed", message: null }) },
      { row: known("AAAA_wAA", "Farid"), scene: at({ kind: "dialling", attempt: 1 }) },
    ],
  },
};

const lost: Scene = {
  ...elsewhere,
  elsewhere: { open: "kA", hosts: [{ ...ada, scene: at(before, { kind: "retrying", until: NOW + 9_000, attempt: 3 }) }] },
};
const asked: Scene = {
  ...elsewhere,
  elsewhere: { open: "kA", hosts: [{ ...ada, scene: at({ kind: "waiting_for_consent" }) }] },
};
const thrown: Scene = {
  ...elsewhere,
  elsewhere: { open: "kA", hosts: [{ ...ada, scene: at(before, { kind: "refused", reason: "kicked", message: null }) }] },
};

export const elsewhereScenes: Record<string, Scene> = {
  elsewhere,
  hosts: states,
  "elsewhere-lost": lost,
  "elsewhere-asked": asked,
  "elsewhere-kicked": thrown,
};

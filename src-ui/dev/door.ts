import type { DeviceRow } from "../src/gen/DeviceRow";
import type { Invited } from "../src/gen/Invited";
import type { PersonRow } from "../src/gen/PersonRow";
import type { Share } from "../src/gen/Share";
import type { Scene } from "./scene";
import { NOW } from "./scene";

const HOUR = 3_600_000;

/** When the code that `start_pairing` brings ends. */
export const CODE_UNTIL = NOW + 107_000;

export const TERMS: Share = {
  label: "auth-refactor",
  workspaces: ["w1"],
  rights: ["see", "vote", "suggest", "steer"],
  terminal: "none",
  ceiling: "ask",
  rules: { consensus: true, owner_always_votes: true, override_allowed: true, driver_decides: false, absence: 300_000 },
  browser_guests: true,
  consent: true,
};

export const INVITED: Invited = {
  invite: "i1",
  code: "conclave://1.7421.9f2c44e1b0a7d35c8e6f0b1a2d3c4e5f.0c8d3f0e.4f1c9a7be2d8405ab3cc.192.168.1.20",
  link: "https://192.168.1.20:7421/join#1.7421.9f2c44e1b0a7d35c8e6f0b1a2d3c4e5f.0c8d3f0e.4f1c9a7be2d8405ab3cc",
  fingerprint: "9f2c 44e1 b0a7 d35c 8e6f 0b1a 2d3c 4e5f",
  verified: false,
};

export const MY_DEVICES: DeviceRow[] = [
  device("d1", "loopback", "Firefox 145 on Linux", { here: true, this: true }),
  device("d2", "browser", "Safari on iPhone", { last_seen: NOW - 3 * HOUR }),
];

const BEAS: PersonRow = {
  person: "bea",
  name: "Bea",
  colour: 1,
  here: true,
  shares: [{ share: "sh1", label: "auth-refactor", muted: false }],
  devices: [device("d3", "browser", "Chrome 142 on macOS", { here: true }), device("d4", "peer", "conclave 0.1.0 on macOS", {})],
};

export const PEOPLE: PersonRow[] = [
  BEAS,
  { ...BEAS, person: "chen", name: "Chen", colour: 2, shares: [{ share: "sh1", label: "auth-refactor", muted: true }] },
];

/** Has come in before, and is not here now. */
const FARID: PersonRow = { ...BEAS, person: "farid", name: "Farid", colour: 5, here: false, devices: [device("d9", "browser", "Firefox 145 on Windows", {})] };

/** What an owner's host says about its door. */
export const DOOR: NonNullable<Scene["replies"]> = {
  shares: {
    kind: "shares",
    shares: [
      {
        share: "sh1",
        terms: TERMS,
        people: [
          { person: "bea", name: "Bea", muted: false, here: true },
          { person: "chen", name: "Chen", muted: true, here: false },
        ],
        open_invites: 1,
      },
      { share: "sh2", terms: { ...TERMS, label: "Look at the prices", workspaces: ["w3"], rights: ["see"], browser_guests: false, expires_at: NOW + HOUR }, people: [], open_invites: 0 },
    ],
  },
  invites: { kind: "invites", invites: [{ invite: "i1", terms: { uses: 1, expires_at: NOW + 20 * HOUR, consent: true }, used: 0 }] },
  people: { kind: "people", people: [...PEOPLE, FARID] },
  my_devices: { kind: "devices", devices: MY_DEVICES },
  health: { kind: "health", warnings: [], refusals: { evicted: 0, full: 1, waiting: 24, failed: 10 } },
  settings: { kind: "settings", name: "Ada", settings: { consensus_by_default: true, nearby: true } },
  mint_share: { kind: "minted", share: "sh3", invite: INVITED, notices: [{ kind: "your_credentials", agents: ["claude-code", "opencode"] }, { kind: "guests_see_each_other" }] },
  mint_invite: { kind: "invited", invite: INVITED },
  start_pairing: { kind: "pairing_code", code: "471193", until: CODE_UNTIL },
  add_my_device: { kind: "invited", invite: INVITED },
  nearby: {
    kind: "nearby",
    hosts: [
      { hint: "9f2c44e1", name: "Ada’s workbench", port: 7421, addresses: ["192.168.1.20"], version: 1 },
      { hint: "03bb7a10", name: "Ada’s workbench", port: 7421, addresses: ["fe80::1c2a:44ff:fe10:9b3e"], version: 1 },
      { hint: "000000ff", name: "Farid", port: 40112, addresses: ["192.168.1.33"], version: 1 },
    ],
  },
  rename_me: { kind: "renamed", name: "Ada 2" },
};

function device(id: string, kind: DeviceRow["kind"], label: string, more: Partial<DeviceRow>): DeviceRow {
  return { device: id, kind, label, last_seen: NOW - HOUR, here: false, this: false, ...more };
}

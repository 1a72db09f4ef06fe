import type { HostSettings } from "../../gen/HostSettings";
import type { Preset } from "../../gen/Preset";
import type { Right } from "../../gen/Right";
import type { RoomRules } from "../../gen/RoomRules";
import type { Share } from "../../gen/Share";
import type { ShareWish } from "../../gen/ShareWish";
import type { TerminalRight } from "../../gen/TerminalRight";

/** A wish with its rules said, as the form holds it. */
export type Wish = ShareWish & { rules: RoomRules };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export const PRESETS: readonly Preset[] = ["observer", "reviewer", "guest", "collaborator", "co-host"];
/** Those that can be given one by one; `see` is always given, `own` never. */
export const GIVEN: readonly Right[] = ["vote", "suggest", "steer", "approve"];
export const ABSENCES: readonly (number | null)[] = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, null];
export const TERMINALS: readonly TerminalRight[] = ["none", "view", "drive"];
export const INVITE_LIVES = [HOUR, 24 * HOUR, 7 * 24 * HOUR, 30 * 24 * HOUR] as const;
export const MOST_USES = 100;
export const LIVES: readonly (number | null)[] = [null, HOUR, 8 * HOUR, 24 * HOUR, 7 * 24 * HOUR];

const RULES: RoomRules = {
  consensus: false,
  owner_always_votes: true,
  override_allowed: true,
  driver_decides: false,
  absence: 5 * MINUTE,
};

export function newWish(workspace: string, settings: HostSettings | null): Wish {
  return {
    label: null,
    workspaces: [workspace],
    rights: { kind: "preset", preset: "collaborator" },
    terminal: "none",
    ceiling: "ask",
    rules: { ...RULES, consensus: settings?.consensus_by_default ?? false },
    browser_guests: true,
    consent: true,
    expires_at: null,
    budget: null,
    total: null,
  };
}

/** To ask for the same again, but for what is to change. */
export function wishOf({ expires_at, budget, total, rights, ...terms }: Share): Wish {
  const preset = PRESETS.find((one) => same(rightsOf(one), rights));
  return {
    ...terms,
    rights: preset ? { kind: "preset", preset } : { kind: "rights", rights },
    expires_at: expires_at ?? null,
    budget: budget ?? null,
    total: total ?? null,
  };
}

export function rightsOf(preset: Preset): Right[] {
  switch (preset) {
    case "observer":
      return ["see"];
    case "reviewer":
      return ["see", "vote"];
    case "guest":
      return ["see", "suggest"];
    case "collaborator":
      return ["see", "vote", "suggest", "steer"];
    case "co-host":
      return ["see", "vote", "suggest", "steer", "approve"];
  }
}

export function givenRights({ rights }: ShareWish): Right[] {
  return rights.kind === "preset" ? rightsOf(rights.preset) : rights.rights;
}

function same(a: readonly Right[], b: readonly Right[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}

import type { ParticipantView } from "../src/gen/ParticipantView";
import type { Welcome } from "../src/gen/Welcome";
import { NOW } from "./scene";

export { AGENTS } from "./agents";

const COLLABORATOR: ParticipantView["rights"] = ["see", "vote", "suggest", "steer"];

export const ADA = person("ada", "Ada", 0, ["see", "vote", "suggest", "steer", "approve", "own"], { owner: true });
export const BEA = person("bea", "Bea", 1, [...COLLABORATOR, "approve"]);
export const CHEN = person("chen", "Chen", 2, COLLABORATOR);
export const DANA = person("dana", "Dana", 3, ["see"], { presence: { kind: "away", until: NOW + 10_000 } });

/** Dana with the right to suggest. */
export const GUEST: ParticipantView = { ...DANA, rights: ["see", "suggest"], presence: { kind: "present" } };

export function welcome(who: ParticipantView): Welcome {
  return {
    host: "h1",
    host_name: "Ada’s workbench",
    epoch: "e1",
    person: who.person,
    name: who.name,
    owner: who.owner,
    version: "0.1.0",
  };
}

function person(
  id: string,
  name: string,
  colour: number,
  rights: ParticipantView["rights"],
  more: Partial<ParticipantView> = {},
): ParticipantView {
  return { person: id, name, colour, rights, owner: false, muted: false, presence: { kind: "present" }, ...more };
}

import { MANY_AGENTS } from "../agents";
import { ADA, CHEN, welcome } from "../people";
import { snapshot, view } from "../room";
import type { Scene } from "../scene";
import { busy } from "./busy";

const idle = busy.idle as Scene;
const due = MANY_AGENTS.map((row) => (row.details?.check ? { ...row, details: { ...row.details, check: null, due: true } } : row));

/** The owner's agents, and a guest who chooses among them. */
export const agentScenes: Record<string, Scene> = {
  agents: { ...idle, link: [{ kind: "live", welcome: welcome(ADA) }], agents: MANY_AGENTS },
  "agents-due": { ...idle, agents: due },
  "agents-guest": {
    ...idle,
    link: [{ kind: "live", welcome: welcome(CHEN) }],
    agents: MANY_AGENTS.map((row) => ({ ...row, details: null })),
    snapshot: snapshot(view(CHEN, { prompt_now: true, steer: true }, { choice: { agent: "rehearsal" } }), idle.snapshot?.events ?? []),
  },
};

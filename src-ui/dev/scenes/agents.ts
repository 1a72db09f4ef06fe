import { MANY_AGENTS } from "../agents";
import { BROUGHT, NAMED_AGENTS } from "../named";
import { DOOR } from "../door";
import { ADA, CHEN, welcome } from "../people";
import { snapshot, view } from "../room";
import type { Scene } from "../scene";
import { LIMITED, SPENT, SPENT_BY_ALL } from "../spending";
import { busy } from "./busy";

const idle = busy.idle as Scene;
const due = MANY_AGENTS.map((row) => (row.details?.check ? { ...row, details: { ...row.details, check: null, due: true } } : row));

const full = { input_tokens: 36_100, output_tokens: 2_100, cost_micros: 410_000, context_used: 150_000, context_size: 200_000 };
const replies = { ...DOOR, usage: SPENT, host_usage: SPENT_BY_ALL };

/** The owner's agents, a guest who chooses among them, and what turns took. */
export const agentScenes: Record<string, Scene> = {
  agents: { ...idle, link: [{ kind: "live", welcome: welcome(ADA) }], agents: MANY_AGENTS },
  "agents-named": {
    ...idle,
    link: [{ kind: "live", welcome: welcome(ADA) }],
    agents: [...NAMED_AGENTS, ...MANY_AGENTS],
    replies: { ...DOOR, repository_agents: BROUGHT },
  },
  "agents-due": { ...idle, agents: due },
  usage: { ...idle, replies, snapshot: snapshot(view(ADA, { prompt_now: true, steer: true }, { usage: full }), idle.snapshot?.events ?? []) },
  "usage-limited": {
    ...idle,
    link: [{ kind: "live", welcome: welcome(CHEN) }],
    replies: { ...replies, usage: LIMITED },
    snapshot: snapshot(view(CHEN, { prompt_now: true, steer: true }), idle.snapshot?.events ?? []),
  },
  "agents-guest": {
    ...idle,
    link: [{ kind: "live", welcome: welcome(CHEN) }],
    agents: MANY_AGENTS.map((row) => ({ ...row, details: null })),
    snapshot: snapshot(view(CHEN, { prompt_now: true, steer: true }, { choice: { agent: "rehearsal" } }), idle.snapshot?.events ?? []),
  },
};

import type { AgentRow } from "../src/gen/AgentRow";
import type { NamedAgent } from "../src/gen/NamedAgent";
import type { Reply } from "../src/gen/Reply";
import { MANY_AGENTS } from "./agents";

const REVIEWER: NamedAgent = {
  name: "Reviewer",
  base: "claude-code",
  prompt: "You review changes, and change nothing.\nSay what would break, worst first.",
  model: "sonnet",
  tools: ["read", "search"],
  budget: { tokens: 500_000, cost_micros: 3_000_000 },
};
const FIXER: NamedAgent = { name: "Fixer", base: "opencode", prompt: "You mend what the tests say.", tools: ["read", "search", "edit"] };

const claude = MANY_AGENTS.find((row) => row.agent === "claude-code") as AgentRow;
const known = { ...claude, can_be_limited: true };

/** One of the owner's own, and one that a repository brought. */
export const NAMED_AGENTS: AgentRow[] = [
  { ...known, agent: "reviewer", name: "Reviewer", details: claude.details && { ...claude.details, named: REVIEWER } },
  {
    ...known,
    agent: "fixer@0a1b2c3d",
    name: "Fixer",
    repository: "ledger",
    details: claude.details && { ...claude.details, named: FIXER },
  },
];

export const BROUGHT: Extract<Reply, { kind: "repository_agents" }> = {
  kind: "repository_agents",
  repositories: [
    { repository: "ledger", name: "ledger", found: { hash: "0a1b2c3d", agents: [REVIEWER, FIXER], fault: null }, trusted: null },
    { repository: "site", name: "site", found: { hash: "77", agents: [FIXER], fault: null }, trusted: "77" },
    {
      repository: "old",
      name: "old tools",
      found: { hash: "99", agents: [], fault: "it is not a list of named agents: unknown field `program` at line 3" },
      trusted: "88",
    },
  ],
};

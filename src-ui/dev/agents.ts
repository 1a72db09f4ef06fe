import type { AgentDetails } from "../src/gen/AgentDetails";
import type { AgentRow } from "../src/gen/AgentRow";
import { NOW } from "./scene";

const HOUR = 3_600_000;

const offer = (id: string, name: string) => ({ id, name });

const claude = row("claude-code", "Claude Code", {
  offers: {
    models: [offer("default", "Default (Opus 5)"), offer("sonnet", "Sonnet 5"), offer("haiku", "Haiku 5")],
    modes: [offer("default", "Ask first"), offer("plan", "Plan"), offer("acceptEdits", "Accept edits"), offer("bypassPermissions", "Bypass permissions")],
    efforts: [offer("low", "low"), offer("medium", "medium"), offer("high", "high")],
    steers: true,
  },
  details: details({
    program: "~/.nvm/versions/node/v24.1.0/bin/claude",
    source: "nvm",
    install: "npm install -g @anthropic-ai/claude-code",
    key: { variable: "ANTHROPIC_API_KEY", is_set: false },
    check: { at: NOW - 3 * HOUR, version: "2.1.329", login: "in", commands: 14, failure: null },
  }),
});

const opencode = row("opencode", "opencode", {
  offers: { models: [offer("openai/gpt-6", "OpenAI/GPT 6")], modes: [offer("build", "build"), offer("plan", "plan")], efforts: [] },
  details: details({
    program: "/opt/homebrew/bin/opencode",
    source: "Homebrew",
    install: "npm install -g opencode-ai",
    check: { at: NOW - HOUR / 2, version: "1.18.33", login: "unknown", commands: 3, failure: null },
  }),
});

const rehearsal = row("rehearsal", "Rehearsal", {
  rehearsal: true,
  can_be_limited: true,
  ceilings: { default: "ask", plan: "ask", "accept-edits": "accept-edits" },
  offers: { models: [], modes: [offer("default", "default"), offer("plan", "plan"), offer("accept-edits", "accept-edits")], efforts: [] },
  details: details({ program: "~/.local/bin/conclave-rehearsal", source: "Conclave", check: { at: NOW - HOUR, version: "0.1.0", login: "unknown", commands: null, failure: null } }),
});

const goose = row("goose", "goose", {
  found: false,
  details: details({ hint: "Install it with: brew install block-goose-cli", install: "brew install block-goose-cli" }),
});

const NO_LOGIN = "The agent is not logged in: Authentication required. It says: Run `gemini auth` in a terminal";

/** As a room knows them. */
export const AGENTS: AgentRow[] = [opencode, claude, rehearsal, goose];

/** Every way that it can stand with an agent. */
export const MANY_AGENTS: AgentRow[] = [
  ...AGENTS,
  row("gemini", "Gemini CLI", {
    details: details({
      program: "~/.local/share/mise/shims/gemini",
      source: "mise",
      key: { variable: "GEMINI_API_KEY", is_set: false },
      check: { at: NOW - 60_000 * 9, version: null, login: "out", commands: null, failure: NO_LOGIN },
    }),
  }),
  row("qwen", "Qwen Code", { enabled: false, details: details({ program: "/usr/local/bin/qwen" }) }),
  row("built-in", "Built-in agent", {
    found: false,
    can_be_limited: true,
    details: details({
      program: "~/.local/bin/conclave-agent",
      source: "Conclave",
      hint: "Give it a key with `conclave agent key set built-in`, or start Conclave with CONCLAVE_AGENT_KEY or CONCLAVE_AGENT_BASE_URL set.",
      key: { variable: "CONCLAVE_AGENT_KEY", is_set: false },
    }),
  }),
];

function details(more: Partial<AgentDetails>): AgentDetails {
  return { hint: null, program: null, source: null, install: null, key: null, check: null, named: null, due: false, ...more };
}

function row(agent: string, name: string, more: Partial<AgentRow>): AgentRow {
  const offers = { models: [], modes: [], efforts: [] };
  return { agent, name, found: true, enabled: true, rehearsal: false, can_be_limited: false, ceilings: {}, offers, repository: null, details: null, ...more };
}

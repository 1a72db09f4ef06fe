import type { AgentChoice } from "../gen/AgentChoice";
import { useAgents } from "./index";

/** The catalogue's name of an agent; its key until the catalogue is there. */
export function useAgentName(agent: string): string {
  return useAgents().find((row) => row.agent === agent)?.name ?? agent;
}

/** "Claude Code · sonnet · plan": who does a turn, and how (AG9). */
export function useChoiceWords({ agent, model, mode }: AgentChoice): string {
  return [useAgentName(agent), model, mode].filter(Boolean).join(" · ");
}

import { useAgents } from "./index";

/** The catalogue's name of an agent; its key until the catalogue is there. */
export function useAgentName(agent: string): string {
  return useAgents().find((row) => row.agent === agent)?.name ?? agent;
}

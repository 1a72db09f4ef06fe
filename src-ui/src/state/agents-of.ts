import type { AgentRow } from "../gen/AgentRow";
import { useAgents, useDirectory } from "./index";

/** The agents of a workspace: what another repository brings is not for this one (AG12). */
export function useAgentsOf(workspace: string | undefined): AgentRow[] {
  const agents = useAgents();
  const repository = useDirectory()?.workspaces.find((one) => one.workspace === workspace)?.repository;
  return agents.filter((row) => row.repository === null || row.repository === repository);
}

/** The workspace of a session. */
export function useWorkspaceOf(session: string): string | undefined {
  return useDirectory()?.sessions.find((one) => one.session === session)?.workspace;
}

import type { AgentChoice } from "../gen/AgentChoice";

const KEY = "conclave.choice.";

/** How an agent was last set in a room by this person; bare where it never was (AG9). */
export function lastChoice(room: string, agent: string): AgentChoice {
  return kept(room)[agent] ?? { agent };
}

export function keepChoice(room: string, choice: AgentChoice): void {
  try {
    localStorage.setItem(KEY + room, JSON.stringify({ ...kept(room), [choice.agent]: choice }));
  } catch {
    // A browser that keeps nothing forgets this too.
  }
}

function kept(room: string): Record<string, AgentChoice | undefined> {
  try {
    const known: unknown = JSON.parse(localStorage.getItem(KEY + room) ?? "{}");
    return typeof known === "object" && known !== null ? (known as Record<string, AgentChoice>) : {};
  } catch {
    return {};
  }
}

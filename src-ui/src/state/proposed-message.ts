import type { SessionRow } from "../gen/SessionRow";
import type { Room } from "../replica/types";

const MOST = 500;

/** Words for a commit, to be changed: what the newest session of the workspace is called, and what was asked first there. */
export function proposedMessage(workspace: string, sessions: readonly SessionRow[], room: Room | null): string {
  const here = sessions.filter((row) => row.workspace === workspace).toSorted((a, b) => b.updated_at - a.updated_at);
  const title = (room?.view?.title ?? here[0]?.title ?? "").trim();
  const prompt = room?.transcript.items.find((item) => item.kind === "prompt" && !item.takenBack);
  const asked = prompt?.kind === "prompt" ? prompt.text.trim().slice(0, MOST) : "";
  return [title, asked].filter((text, at, all) => text !== "" && all.indexOf(text) === at).join("\n\n");
}

import { useDirectory, useStore } from "./index";
import { ranked, openSession } from "./open-session";
import { useMayWrite } from "./may-write";
import { getDraft, setDraft } from "./taste";

/** Puts a prompt into the composer of a session of the workspace, below what is written there; `null` where there is none. */
export function useAskAgent(workspace: string): ((text: string) => void) | null {
  const { place } = useStore();
  const directory = useDirectory();
  const may = useMayWrite(workspace);
  const row = ranked(directory).find((one) => one.workspace === workspace && one.status !== "broken");
  if (!row || !may) return null;
  return (text) => {
    const key = place + row.session;
    setDraft(key, [getDraft(key).trimEnd(), text].filter(Boolean).join("\n\n"));
    openSession(row.session, place === "" ? null : place.slice(0, -1));
  };
}

import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";
import type { Directory } from "../gen/Directory";
import type { Reply } from "../gen/Reply";
import type { RequestWithoutCommand } from "../link";
import type { Wrong } from "./attempt";
import { isBusy } from "./busy";
import { useDirectory, useStore } from "./index";

type Kind = Reply["kind"];
export type Asked<K extends Kind> = {
  /** `null` until the first answer. */
  answer: Extract<Reply, { kind: K }> | null;
  /** It answers this very query, not the one before it. */
  current: boolean;
  /** With this very query. */
  wrong: Wrong | null;
  again: () => void;
};

/**
 * What the host answers to a query, if there is one; asked again when what it is of changes in the host's directory, and
 * on `again`. All who show the same share one request and one answer.
 */
export function useAsked<K extends Kind>(query: RequestWithoutCommand | null, kind: K): Asked<K> {
  const { answers } = useStore();
  const told = useToldOf(query);
  const asks = query !== null;
  const key = JSON.stringify(query);
  const look = useCallback((changed: () => void) => (asks ? answers.look(key, kind, changed) : () => undefined), [answers, key, kind, asks]);
  const { answer, wrong } = useSyncExternalStore(look, () => answers.known(key));
  useEffect(() => answers.tell(key, told), [answers, key, told]);
  const latest = useRef(() => answers.again(key));
  useEffect(() => void (latest.current = () => answers.again(key)), [answers, key]);
  // The answer before it stands until there is one.
  const last = useRef<Asked<K>["answer"]>(null);
  if (answer) last.current = answer as NonNullable<Asked<K>["answer"]>;
  return { answer: last.current, current: answer !== null, wrong, again: useCallback(() => latest.current(), []) };
}

/** Is another when the directory tells something new of what a query is of: of its workspace, or of anything where it has none. */
function useToldOf(query: RequestWithoutCommand | null): Directory | string | null {
  const directory = useDirectory();
  const params = query && "params" in query ? query.params : null;
  if (!directory || !params || !("workspace" in params)) return directory;
  const { workspace } = params;
  const row = directory.workspaces.find((one) => one.workspace === workspace);
  const sessions = directory.sessions.filter((one) => one.workspace === workspace);
  // Each event of a turn moves its session's head: what changes meanwhile is looked at again by the clock.
  return JSON.stringify([row, sessions.map(({ session, state, status, head }) => [session, state, status, isBusy(status) ? null : head])]);
}

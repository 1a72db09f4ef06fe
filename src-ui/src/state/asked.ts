import { useCallback, useEffect, useRef, useState } from "react";
import type { Directory } from "../gen/Directory";
import type { Reply } from "../gen/Reply";
import type { RequestWithoutCommand } from "../link";
import { wrongOf, type Wrong } from "./attempt";
import { isBusy } from "./busy";
import { useDirectory, useLink, useSend } from "./index";

type Kind = Reply["kind"];
export type Asked<K extends Kind> = {
  /** `null` until the first answer. */
  answer: Extract<Reply, { kind: K }> | null;
  /** It answers this very query, not the one before it. */
  current: boolean;
  wrong: Wrong | null;
  again: () => void;
};

/** What the host answers to a query, if there is one; asked again when what it is of changes in the host's directory, and on `again`. */
export function useAsked<K extends Kind>(query: RequestWithoutCommand | null, kind: K): Asked<K> {
  const send = useSend();
  const told = useToldOf(query);
  const reachable = useLink().kind === "live";
  const [count, setCount] = useState(0);
  const [held, hold] = useState<{ answer: NonNullable<Asked<K>["answer"]>; key: string } | null>(null);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const key = JSON.stringify(query);
  const asks = query !== null;
  const way = useRef<"free" | "asking" | "stale">("free");
  useEffect(() => {
    if (!reachable || !asks) return;
    let wanted = true;
    way.current = "asking";
    const settle = (what: () => void): void => {
      if (!wanted) return;
      what();
      if (way.current === "stale") setCount((n) => n + 1);
      way.current = "free";
    };
    send(JSON.parse(key) as RequestWithoutCommand).then(
      (reply) => settle(() => {
        if (reply.kind !== kind) return;
        hold({ answer: reply as Extract<Reply, { kind: K }>, key });
        setWrong(null);
      }),
      (error: unknown) => settle(() => setWrong(wrongOf(error))),
    );
    return () => {
      wanted = false;
      way.current = "free";
    };
  }, [send, key, asks, kind, count, told, reachable]);
  // An answer on its way is shown first: what changes all the time would never be seen else.
  const again = useCallback(() => (way.current === "free" ? setCount((n) => n + 1) : void (way.current = "stale")), []);
  return { answer: held?.answer ?? null, current: held?.key === key, wrong, again };
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

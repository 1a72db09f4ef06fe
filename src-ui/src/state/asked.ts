import { useCallback, useEffect, useState } from "react";
import type { Reply } from "../gen/Reply";
import type { RequestWithoutCommand } from "../link";
import { wrongOf, type Wrong } from "./attempt";
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

/** What the host answers to a query, if there is one; asked again when the host's directory changes and on `again`. */
export function useAsked<K extends Kind>(query: RequestWithoutCommand | null, kind: K): Asked<K> {
  const send = useSend();
  const directory = useDirectory();
  const reachable = useLink().kind === "live";
  const [count, setCount] = useState(0);
  const [held, hold] = useState<{ answer: NonNullable<Asked<K>["answer"]>; key: string } | null>(null);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const key = JSON.stringify(query);
  const asks = query !== null;
  useEffect(() => {
    if (!reachable || !asks) return;
    let wanted = true;
    send(JSON.parse(key) as RequestWithoutCommand).then(
      (reply) => {
        if (!wanted || reply.kind !== kind) return;
        hold({ answer: reply as Extract<Reply, { kind: K }>, key });
        setWrong(null);
      },
      (error: unknown) => wanted && setWrong(wrongOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [send, key, asks, kind, count, directory, reachable]);
  return { answer: held?.answer ?? null, current: held?.key === key, wrong, again: useCallback(() => setCount((n) => n + 1), []) };
}

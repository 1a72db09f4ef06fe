import { useCallback, useEffect, useState } from "react";
import type { Reply } from "../gen/Reply";
import type { RequestWithoutCommand } from "../link";
import { failureHint, failureMessage } from "./failure";
import type { Wrong } from "./attempt";
import { useDirectory, useLink, useSend } from "./index";

type Kind = Reply["kind"];
export type Asked<K extends Kind> = {
  /** `null` until the first answer. */
  answer: Extract<Reply, { kind: K }> | null;
  wrong: Wrong | null;
  again: () => void;
};

/** What the host answers to a query, asked again when the host's directory changes and on `again`. */
export function useAsked<K extends Kind>(query: RequestWithoutCommand, kind: K): Asked<K> {
  const send = useSend();
  const directory = useDirectory();
  const reachable = useLink().kind === "live";
  const [count, setCount] = useState(0);
  const [answer, setAnswer] = useState<Asked<K>["answer"]>(null);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const key = JSON.stringify(query);
  useEffect(() => {
    if (!reachable) return;
    let wanted = true;
    send(JSON.parse(key) as RequestWithoutCommand).then(
      (reply) => {
        if (!wanted || reply.kind !== kind) return;
        setAnswer(reply as Extract<Reply, { kind: K }>);
        setWrong(null);
      },
      (error: unknown) => wanted && setWrong({ message: failureMessage(error), hint: failureHint(error) }),
    );
    return () => {
      wanted = false;
    };
  }, [send, key, kind, count, directory, reachable]);
  return { answer, wrong, again: useCallback(() => setCount((n) => n + 1), []) };
}

import { useEffect, useState } from "react";
import type { Digest } from "../gen/Digest";
import { useRoomKey, useSend } from "./index";
import { keepJson, recallJson } from "./kept";
import { useVisible } from "./visible";

const KEY = "conclave.seen.";
const isSeq = (value: unknown): value is number => typeof value === "number";

/** What went on since this browser last showed the session's end; `null` when nothing of note did. */
export function useDigest(session: string, head: number, live: boolean): { digest: Digest | null; dismiss: () => void } {
  const send = useSend();
  const key = useRoomKey(session);
  const visible = useVisible();
  const [digest, setDigest] = useState<Digest | null>(null);
  const [since, setSince] = useState(() => seen(key));
  const [wasVisible, setWasVisible] = useState(visible);
  if (visible !== wasVisible) {
    setWasVisible(visible);
    if (visible) setSince(seen(key));
  }
  useEffect(() => {
    if (live && visible && head > 0) keepJson(KEY + key, head);
  }, [key, head, live, visible]);
  useEffect(() => {
    if (!live || since === null) return;
    let wanted = true;
    send({ method: "digest", params: { session, since } }).then(
      (reply) => wanted && reply.kind === "digest" && isNews(reply) && setDigest(reply),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [send, session, since, live]);
  return { digest, dismiss: () => setDigest(null) };
}

function seen(key: string): number | null {
  return recallJson(KEY + key, isSeq);
}

function isNews({ turns, decisions }: Digest): boolean {
  return turns.length + decisions.length > 0;
}

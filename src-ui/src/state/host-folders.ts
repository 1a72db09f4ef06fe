import { useCallback, useEffect, useState } from "react";
import type { Reply } from "../gen/Reply";
import { wrongOf, type Wrong } from "./attempt";
import { useLink, useSend } from "./index";

export type HostFolders = Extract<Reply, { kind: "folders" }>;

export type Looking = {
  /** The last folder that could be listed; `null` before the first. */
  listed: HostFolders | null;
  wrong: Wrong | null;
  /** To another folder; `null` is the home of whoever runs the host. */
  go: (path: string | null) => void;
  again: () => void;
};

/** Looks through the folders of the host's machine, from one of them on (WS25). */
export function useHostFolders(begin: string | null): Looking {
  const send = useSend();
  const reachable = useLink().kind === "live";
  const [asked, ask] = useState<{ path: string | null }>({ path: begin });
  const [listed, setListed] = useState<HostFolders | null>(null);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  useEffect(() => {
    if (!reachable) return;
    let wanted = true;
    send({ method: "folders", params: asked }).then(
      (reply) => {
        if (!wanted || reply.kind !== "folders") return;
        setListed(reply);
        setWrong(null);
      },
      (error: unknown) => wanted && setWrong(wrongOf(error)),
    );
    return () => {
      wanted = false;
    };
  }, [send, asked, reachable]);
  return { listed, wrong, go: useCallback((path) => ask({ path }), []), again: useCallback(() => ask((now) => ({ ...now })), []) };
}

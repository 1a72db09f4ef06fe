import { useCallback, useEffect, useState } from "react";
import type { Reply } from "../gen/Reply";
import { wrongOf, type Wrong } from "./attempt";
import { useLink, useSend } from "./index";

export type HostFolders = Extract<Reply, { kind: "folders" }>;

/** `null` is the home of whoever runs the host. */
type Place = string | null;

export type Looking = {
  /** The last folder that could be listed; `null` before the first. */
  listed: HostFolders | null;
  wrong: Wrong | null;
  go: (path: Place) => void;
  again: () => void;
};

/** Looks through the folders of the host's machine, from the first of `begins` that can be listed (WS25). */
export function useHostFolders(begins: readonly [Place, ...Place[]]): Looking {
  const send = useSend();
  const reachable = useLink().kind === "live";
  const [asked, ask] = useState<{ path: Place; or: readonly Place[] }>(() => ({ path: begins[0], or: begins.slice(1) }));
  const [listed, setListed] = useState<HostFolders | null>(null);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  useEffect(() => {
    if (!reachable) return;
    let wanted = true;
    const [next, ...or] = asked.or;
    send({ method: "folders", params: { path: asked.path } }).then(
      (reply) => {
        if (!wanted || reply.kind !== "folders") return;
        setListed(reply);
        setWrong(null);
      },
      (error: unknown) => wanted && (next === undefined ? setWrong(wrongOf(error)) : ask({ path: next, or })),
    );
    return () => {
      wanted = false;
    };
  }, [send, asked, reachable]);
  return { listed, wrong, go: useCallback((path) => ask({ path, or: [] }), []), again: useCallback(() => ask((now) => ({ ...now })), []) };
}

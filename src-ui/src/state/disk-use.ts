import { useEffect, useState } from "react";
import { useLink, useSend } from "./index";

/** What workspaces take on the disk, counted once and one after the other: the host reads all of their files for it. */
export function useDiskUse(workspaces: readonly string[]): ReadonlyMap<string, number> {
  const send = useSend();
  const live = useLink().kind === "live";
  const [counted, setCounted] = useState<ReadonlyMap<string, number>>(new Map());
  const key = workspaces.join(" ");
  useEffect(() => {
    if (!live) return;
    let wanted = true;
    const count = async () => {
      for (const workspace of key.split(" ").filter(Boolean)) {
        if (!wanted) return;
        const reply = await send({ method: "disk_use", params: { workspace } }).catch(() => null);
        if (reply?.kind === "disk_use") setCounted((now) => new Map(now).set(workspace, reply.bytes));
      }
    };
    void count();
    return () => {
      wanted = false;
    };
  }, [send, live, key]);
  return counted;
}

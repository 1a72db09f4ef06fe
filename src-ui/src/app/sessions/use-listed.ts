import { useEffect, useState } from "react";
import type { Directory } from "../../gen/Directory";
import type { Reply } from "../../gen/Reply";
import { useDiskUse } from "../../state/disk-use";
import { useLink, useSend, useStore } from "../../state/index";
import { useUnreadKeys } from "../../state/unread";
import { placeOf } from "../place-of";
import type { OpenTabs } from "../use-open-tabs";
import type { Listed } from "./listed";

type Spending = Extract<Reply, { kind: "usage" }>;

export type AllListed = { all: readonly Listed[]; /** What people are called, by their ids. */ names: ReadonlyMap<string, string>; /** The host has said who took what. */ spent: boolean };

/** Every session in reach; of the own host's also who asked which agent, and what it took. */
export function useListed(directory: Directory | null, tabs: OpenTabs, owner: boolean): AllListed {
  const own = useStore();
  const unread = useUnreadKeys();
  const spending = useSpending(directory);
  const bytes = useDiskUse(owner ? worktreesOf(directory) : []);
  const of = new Map(spending?.sessions.map((one) => [one.session, one.spending.spent]));
  const all = tabs.sessions.map(({ row, host }): Listed => {
    const other = tabs.hosts.find((one) => one.row.key === host) ?? null;
    const store = other?.store ?? own;
    const { words, workspace } = placeOf(row, other ? other.directory : directory, other?.row.label ?? null);
    const spent = (host === null ? of.get(row.session) : undefined) ?? [];
    const key = store.place + row.session;
    return {
      key,
      row,
      host,
      store,
      owned: host === null && owner,
      place: words,
      repository: [other?.row.label, workspace?.repository_name].filter(Boolean).join(" / "),
      bytes: (host === null ? bytes.get(row.workspace) : undefined) ?? null,
      unread: unread.has(key) && row.status === "idle",
      agents: [...new Set(spent.map(({ agent }) => agent))],
      people: [...new Set(spent.map(({ person }) => person))],
      tokens: spent.reduce((sum, { usage }) => sum + usage.input_tokens + usage.output_tokens, 0),
      cost: spent.reduce((sum, { usage }) => sum + usage.cost_micros, 0),
    };
  });
  const names = new Map(spending?.people.map(({ person, name }) => [person, name]));
  return { all, names, spent: spending !== null };
}

/** The workspaces of sessions that still have files, in one order. */
function worktreesOf(directory: Directory | null): string[] {
  const used = new Set(directory?.sessions.map(({ workspace }) => workspace));
  return (directory?.workspaces ?? []).flatMap(({ workspace, state }) => (used.has(workspace) && state !== "deleted" ? [workspace] : [])).toSorted();
}

/** What the host says to this reader. Asked again when a turn began or ended somewhere, not at every word. */
function useSpending(directory: Directory | null): Spending | null {
  const send = useSend();
  const live = useLink().kind === "live";
  const [spending, setSpending] = useState<Spending | null>(null);
  const moment = directory?.sessions.map(({ session, status }) => `${session}${status}`).join(" ") ?? "";
  useEffect(() => {
    if (!live) return;
    let wanted = true;
    send({ method: "host_usage" }).then(
      (reply) => wanted && reply.kind === "usage" && setSpending(reply),
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [send, live, moment]);
  return spending;
}

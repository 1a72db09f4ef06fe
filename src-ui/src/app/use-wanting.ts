import { useEffect } from "react";
import type { Wanting } from "../features/session-list/attention";
import { isBusy } from "../state/busy";
import { activeTab, chatsOf, panesOf } from "../state/layout/model";
import { heedUnread, useUnreadKeys } from "../state/unread";
import { usePage } from "../state/page";
import { useVisible } from "../state/visible";
import type { OpenTabs, Placed } from "./use-open-tabs";

type Given = { asked: number; toInbox: () => void; toSessions: () => void; open: (session: string, host: string | null) => void };

/** The sessions that want to be seen, the most urgent first; what stands in a pane has been. */
export function useWanting({ layout, sessions }: OpenTabs, { asked, toInbox, toSessions, open }: Given): Wanting {
  // What lies under another page is not before anybody's eyes.
  const covered = usePage() !== null;
  const visible = useVisible() && !covered;
  const unread = useUnreadKeys();
  useEffect(() => {
    const fronts = chatsOf(panesOf(layout).flatMap((pane) => (pane.folded ? [] : (activeTab(pane) ?? []))));
    const front = new Set(visible ? fronts.map(({ host, session }) => keyOf(host, session)) : []);
    heedUnread(sessions.map(({ row, host }) => ({ key: keyOf(host, row.session), status: row.status })), front);
  }, [sessions, layout, visible]);
  const those = (which: (one: Placed) => boolean) =>
    sessions.filter(which).map(({ row, host }) => ({ row, open: () => open(row.session, host) }));
  return {
    needs: those(({ row }) => row.status === "needs_you"),
    running: those(({ row }) => row.status !== "needs_you" && isBusy(row.status)),
    unread: those(({ row, host }) => row.status === "idle" && unread.has(keyOf(host, row.session))),
    asked,
    toInbox,
    toSessions,
    all: sessions.length,
  };
}

/** As the room keys of `useRoomKey`. */
function keyOf(host: string | null, session: string): string {
  return host === null ? session : `${host}/${session}`;
}

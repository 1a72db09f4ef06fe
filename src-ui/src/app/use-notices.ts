import { useEffect, useRef } from "react";
import type { Directory } from "../gen/Directory";
import type { Notice } from "../link";
import { t } from "../messages/t";
import { useAround } from "../state/around";
import { TO_INBOX } from "../state/around-link";
import { useLooks } from "../state/looking";
import { useWelcome } from "../state/my-name";
import { activeTab, chatsOf, panesOf } from "../state/layout/model";
import { Newsreader, type News } from "../state/news";
import { usePage } from "../state/page";
import { titleOf } from "../state/session-title";
import { useTaste } from "../state/taste";
import { placeOf } from "./place-of";
import type { OpenTabs } from "./use-open-tabs";

/** Tells the person what they would miss: nothing while they look at it here, or on another device of theirs. */
export function useNotices(directory: Directory | null, { layout, sessions, hosts }: OpenTabs): void {
  const around = useAround();
  const looks = useLooks();
  const me = useWelcome()?.person;
  const wanted = useTaste().notices;
  // Under another page no session is before anybody's eyes.
  const covered = usePage() !== null;
  const reader = useRef<Newsreader>(null);
  useEffect(() => {
    const now = (reader.current ??= new Newsreader());
    const fronts = chatsOf(panesOf(layout).flatMap((pane) => (pane.folded ? [] : (activeTab(pane) ?? []))));
    const here = new Set(document.hasFocus() && !covered ? fronts.map(({ host, session }) => keyOf(session, host)) : []);
    // A page that can be seen says itself that it looks; of a hidden one, only another device does.
    const there = new Set(document.visibilityState === "hidden" && me !== undefined ? looks[me] : []);
    const heard = sessions.map(({ row, host }) => ({ key: keyOf(row.session, host), title: titleOf(row), status: row.status, needs: row.needs }));
    const told = now.read(heard, (key) => here.has(key) || there.has(key)).map((news) => sessionNotice(news, placed(news.key)));
    const knocks = now.knocked(directory?.knocks ?? []).map((name) => ({ key: TO_INBOX, title: t("notice.knock", { name }), body: t("notice.knock_about") }));
    if (!wanted || around.leave() !== "given") return;
    for (const notice of [...told, ...(document.hasFocus() ? [] : knocks)]) around.show(notice);
  }, [around, directory, layout, sessions, looks, me, wanted, covered]);

  function placed(key: string): string {
    const found = sessions.find(({ row, host }) => keyOf(row.session, host) === key);
    if (!found) return "";
    const other = hosts.find(({ row }) => row.key === found.host);
    return placeOf(found.row, found.host === null ? directory : (other?.directory ?? null), other?.row.label ?? null).words;
  }
}

function sessionNotice({ what, key, title }: News, body: string): Notice {
  return { key, title: t(`notice.${what}`, { title }), body };
}

function keyOf(session: string, host: string | null): string {
  return host === null ? session : `${host}/${session}`;
}

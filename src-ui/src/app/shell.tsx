import { useRef, useState } from "react";
import { Connection } from "../features/connection/connection";
import { ForkOffers } from "../features/door/fork-offers";
import { KnockBanner } from "../features/door/knock-banner";
import { Unverified } from "../features/door/unverified";
import { WarningBanner } from "../features/door/warning-banner";
import { FolderPicker } from "../features/folders/folder-picker";
import { AddRepository } from "../features/repositories/add-repository";
import { RepositoryQuestion } from "../features/repositories/repository-question";
import { WorkspaceQuestion } from "../features/workspaces/workspace-question";
import { t } from "../messages/t";
import type { LinkState } from "../replica/types";
import { useAround, useNotes } from "../state/around";
import { useDirectory } from "../state/index";
import { openSession } from "../state/open-session";
import { showPage, usePage, type Page } from "../state/page";
import { useTaste } from "../state/taste";
import { BrowseProvider, type Browsing } from "../ui/browse";
import { Sheet } from "../ui/sheet";
import { useMedia } from "../ui/use-media";
import type { Overlay } from "./action";
import { Centre } from "./centre";
import { Elsewhere } from "./elsewhere";
import { Overlays } from "./overlays";
import { paneActions } from "./pane-actions";
import type { PaneWork } from "./pane-view";
import { Side } from "./side";
import { Toasts } from "./toasts";
import { useAside } from "./use-aside";
import { useEntries } from "./use-entries";
import { useFinds } from "./use-finds";
import { useNotices } from "./use-notices";
import { useOpenTabs } from "./use-open-tabs";
import { useShortcuts } from "./use-shortcuts";
import { useTabTitle } from "./use-tab-title";
import { useWanting } from "./use-wanting";
import { useWorkActions } from "./use-work-actions";
import { WideSplitter } from "./wide-splitter";
import { tasteActions, windowActions } from "./window-actions";
import css from "./shell.module.css";

/** Side bar, panes, panel; one thing at a time where the window is narrow. */
export function Shell({ link }: { link: LinkState }) {
  const directory = useDirectory();
  const narrow = useMedia("(max-width: 800px)");
  const [sheet, setSheet] = useState(false);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const taste = useTaste();
  const page = usePage();
  const welcome = useLastWelcome(link);
  const owner = welcome?.owner ?? false;
  const tabs = useOpenTabs(directory);
  const { front } = tabs;
  const aside = useAside(tabs, directory, owner);
  const shut = () => setSheet(false);
  const work: PaneWork = {
    tabs,
    directory,
    owner,
    people: aside.people,
    onGoTo: () => setOverlay("palette"),
    onNew: () => setOverlay("new"),
  };
  const settings = tasteActions(useAround());
  const finds = useFinds(front);
  const actions = [...windowActions({ owner, finds, waits: page === null && (front?.row?.needs ?? 0) > 0, onOverlay: setOverlay }), ...aside.actions, ...paneActions(tabs.layout), ...useWorkActions(front, directory)];
  useShortcuts([...actions, ...settings]);
  const entries = useEntries({ owner, directory, tabs, actions, settings });
  const open = (session: string, host: string | null = null) => {
    openSession(session, host);
    shut();
  };
  useNotices(directory, tabs);
  useNotes(({ kind }) => kind === "new_session" && setOverlay("new"));
  const goTo = (what: Page) => {
    showPage(what);
    shut();
  };
  const asked = owner ? (directory?.knocks.length ?? 0) + (directory?.fork_offers.length ?? 0) : 0;
  const wanting = useWanting(tabs, { asked, toInbox: () => goTo("inbox"), toSessions: () => goTo("sessions"), open });
  const waiting = wanting.needs.length + asked;
  useTabTitle(page === null ? (front?.row ?? null) : null, waiting);
  const side = (
    <Side
      link={link}
      welcome={welcome}
      directory={directory}
      current={page !== null || front?.other ? null : (front?.row ?? null)}
      wanting={wanting}
      onOpen={open}
      onOverlay={(what) => {
        shut();
        setOverlay(what);
      }}
      elsewhere={(filter) =>
        owner && (
          <Elsewhere
            hosts={tabs.hosts}
            current={page === null && front?.other ? { host: front.other.row.key, session: front.row?.session ?? null } : null}
            filter={filter}
            onOpened={shut}
          />
        )
      }
    />
  );
  return (
    <BrowseProvider value={owner ? browse : null}>
      <div className={css.shell}>
        {!narrow && taste.side && (
          <aside className={css.side} style={{ width: taste.sideWidth }} aria-label={t("side")}>
            {side}
          </aside>
        )}
        {narrow && sheet && (
          <Sheet side="left" label={t("sessions.label")} onClose={shut}>
            <div className={css.side}>
              {side}
              <Toasts />
            </div>
          </Sheet>
        )}
        <main className={css.main}>
          {!narrow && taste.side && <WideSplitter of="side" />}
          <Connection link={link} />
          <Unverified welcome={welcome} />
          {owner && page !== "inbox" && <KnockBanner knocks={directory?.knocks ?? []} />}
          {owner && page !== "inbox" && directory && <ForkOffers directory={directory} />}
          <WarningBanner warnings={directory?.warnings ?? []} />
          <Centre work={work} narrow={narrow} hostName={welcome?.host_name} waiting={waiting} onMenu={() => setSheet(true)} />
          <Toasts />
          {aside.column && <WideSplitter of="people" />}
        </main>
        {aside.column && (
          <div className={css.people} style={{ width: taste.peopleWidth }}>
            {aside.column}
          </div>
        )}
        {aside.over && (
          <Sheet side="right" label={t("aside")} onClose={aside.close}>
            {aside.over}
          </Sheet>
        )}
        {owner && <AddRepository />}
        {owner && <RepositoryQuestion directory={directory} />}
        {owner && <WorkspaceQuestion directory={directory} />}
        <Overlays what={overlay} entries={entries} actions={actions} welcome={welcome} onChange={setOverlay} />
      </div>
    </BrowseProvider>
  );
}

const browse = (browsing: Browsing) => <FolderPicker {...browsing} />;

/** Who the host said we are, also while the connection is away. */
function useLastWelcome(link: LinkState) {
  const last = useRef(link.kind === "live" ? link.welcome : null);
  if (link.kind === "live") last.current = link.welcome;
  return last.current;
}

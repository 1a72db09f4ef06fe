import { useRef, useState } from "react";
import { Connection } from "../features/connection/connection";
import { ForkOffers } from "../features/door/fork-offers";
import { KnockBanner } from "../features/door/knock-banner";
import { Unverified } from "../features/door/unverified";
import { WarningBanner } from "../features/door/warning-banner";
import { AddRepository } from "../features/repositories/add-repository";
import { RepositoryQuestion } from "../features/repositories/repository-question";
import { WorkspaceQuestion } from "../features/workspaces/workspace-question";
import { t } from "../messages/t";
import type { LinkState } from "../replica/types";
import { useAround, useNotes } from "../state/around";
import { useDirectory } from "../state/index";
import { openSession } from "../state/open-session";
import { panesOf } from "../state/layout/model";
import { showPage, usePage, type Page } from "../state/page";
import { setTaste, useTaste } from "../state/taste";
import { Sheet } from "../ui/sheet";
import { useMedia } from "../ui/use-media";
import type { Overlay } from "./action";
import { Centre } from "./centre";
import { Elsewhere } from "./elsewhere";
import { Overlays } from "./overlays";
import { paneActions } from "./pane-actions";
import type { PaneWork } from "./pane-view";
import { NobodyPanel, PeoplePanel } from "./people-panel";
import { Side } from "./side";
import { StoreOf } from "./store-of";
import { Toasts } from "./toasts";
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

/** Side bar, panes, people; one thing at a time where the window is narrow. */
export function Shell({ link }: { link: LinkState }) {
  const directory = useDirectory();
  const narrow = useMedia("(max-width: 800px)");
  const beside = useMedia("(min-width: 1101px)");
  const [sheet, setSheet] = useState<"side" | "people" | null>(null);
  const [overlay, setOverlay] = useState<Overlay | null>(null);
  const taste = useTaste();
  const page = usePage();
  const welcome = useLastWelcome(link);
  const owner = welcome?.owner ?? false;
  const tabs = useOpenTabs(directory);
  const { front, company } = tabs;
  const shut = () => setSheet(null);
  const togglePeople = () => (beside ? setTaste({ people: !taste.people }) : setSheet("people"));
  const work: PaneWork = {
    tabs,
    directory,
    owner,
    people: { shown: beside ? taste.people : sheet === "people", toggle: togglePeople },
    onGoTo: () => setOverlay("palette"),
    onNew: () => setOverlay("new"),
  };
  const settings = tasteActions(useAround());
  const finds = useFinds(front);
  const actions = [...windowActions({ owner, finds, waits: page === null && (front?.row?.needs ?? 0) > 0, onOverlay: setOverlay, onPeople: togglePeople }), ...paneActions(tabs.layout), ...useWorkActions(front, directory)];
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
  const closePeople = () => (beside ? setTaste({ people: false }) : shut());
  const people = page !== null ? null : company?.row ? (
    <StoreOf front={company}>
      <PeoplePanel session={company.row.session} onClose={closePeople} />
    </StoreOf>
  ) : (
    panesOf(tabs.layout).length > 1 && <NobodyPanel onClose={closePeople} />
  );
  const besides = beside && taste.people && people;
  return (
    <div className={css.shell}>
      {!narrow && taste.side && (
        <aside className={css.side} style={{ width: taste.sideWidth }} aria-label={t("side")}>
          {side}
        </aside>
      )}
      {narrow && sheet === "side" && (
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
        <Centre work={work} narrow={narrow} hostName={welcome?.host_name} waiting={waiting} onMenu={() => setSheet("side")} />
        <Toasts />
        {besides && <WideSplitter of="people" />}
      </main>
      {besides && (
        <div className={css.people} style={{ width: taste.peopleWidth }}>
          {people}
        </div>
      )}
      {!beside && sheet === "people" && people && (
        <Sheet side="right" label={t("people")} onClose={shut}>
          {people}
        </Sheet>
      )}
      {owner && <AddRepository />}
      {owner && <RepositoryQuestion directory={directory} />}
      {owner && <WorkspaceQuestion directory={directory} />}
      <Overlays what={overlay} entries={entries} actions={actions} welcome={welcome} onChange={setOverlay} />
    </div>
  );
}

/** Who the host said we are, also while the connection is away. */
function useLastWelcome(link: LinkState) {
  const last = useRef(link.kind === "live" ? link.welcome : null);
  if (link.kind === "live") last.current = link.welcome;
  return last.current;
}

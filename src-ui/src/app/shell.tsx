import { useRef, useState } from "react";
import { Connection } from "../features/connection/connection";
import { ForkOffers } from "../features/door/fork-offers";
import { KnockBanner } from "../features/door/knock-banner";
import { Unverified } from "../features/door/unverified";
import { WarningBanner } from "../features/door/warning-banner";
import { t } from "../messages/t";
import type { LinkState } from "../replica/types";
import { useDirectory } from "../state/index";
import { openSession } from "../state/open-session";
import { Sheet } from "../ui/sheet";
import { useMedia } from "../ui/use-media";
import { Elsewhere } from "./elsewhere";
import { NarrowHead } from "./narrow-head";
import { RemotePage } from "./remote-page";
import { SessionPage } from "./session-page";
import { Side } from "./side";
import { Start } from "./start";
import { Toasts } from "./toasts";
import { useInView } from "./use-in-view";
import { useTabTitle } from "./use-tab-title";
import css from "./shell.module.css";

/** Side bar, session, people; one column where the window is narrow. */
export function Shell({ link }: { link: LinkState }) {
  const directory = useDirectory();
  const narrow = useMedia("(max-width: 800px)");
  const [sheet, setSheet] = useState(false);
  const welcome = useLastWelcome(link);
  const owner = welcome?.owner ?? false;
  const view = useInView(directory, owner);
  const shut = () => setSheet(false);
  const onMenu = narrow ? () => setSheet(true) : null;
  useTabTitle(view.row, view.waiting.length + (directory?.knocks.length ?? 0));
  const side = (
    <Side
      link={link}
      welcome={welcome}
      directory={directory}
      current={view.other ? null : view.row}
      waiting={view.waiting.map(({ row, host }) => ({
        row,
        open: () => {
          openSession(row.session, host);
          shut();
        },
      }))}
      onOpen={(session) => {
        openSession(session);
        shut();
      }}
      elsewhere={(filter) =>
        owner && (
          <Elsewhere
            hosts={view.hosts}
            current={view.other && { host: view.other.row.key, session: view.row?.session ?? null }}
            filter={filter}
            onOpened={shut}
          />
        )
      }
    />
  );
  return (
    <div className={css.shell}>
      {!narrow && <aside className={css.side}>{side}</aside>}
      {narrow && sheet && (
        <Sheet side="left" label={t("sessions.label")} onClose={shut}>
          <div className={css.side}>
            {side}
            <Toasts />
          </div>
        </Sheet>
      )}
      <main className={css.main}>
        <Connection link={link} />
        <Unverified welcome={welcome} />
        {owner && <KnockBanner knocks={directory?.knocks ?? []} />}
        {owner && directory && <ForkOffers directory={directory} />}
        <WarningBanner warnings={directory?.warnings ?? []} />
        {view.other ? (
          <RemotePage host={view.other} row={view.row} onMenu={onMenu} />
        ) : view.row && directory ? (
          <SessionPage key={view.row.session} row={view.row} directory={directory} owner={owner} onMenu={onMenu} />
        ) : (
          <>
            {onMenu && <NarrowHead title={welcome?.host_name ?? t("app")} onMenu={onMenu} />}
            <div className={css.start}>
              <Start directory={view.known ? directory : null} owner={owner} />
            </div>
          </>
        )}
        <Toasts />
      </main>
    </div>
  );
}

/** Who the host said we are, also while the connection is away. */
function useLastWelcome(link: LinkState) {
  const last = useRef(link.kind === "live" ? link.welcome : null);
  if (link.kind === "live") last.current = link.welcome;
  return last.current;
}

import { useRef, useState } from "react";
import { Connection } from "../features/connection/connection";
import { ForkOffers } from "../features/door/fork-offers";
import { KnockBanner } from "../features/door/knock-banner";
import { Unverified } from "../features/door/unverified";
import { WarningBanner } from "../features/door/warning-banner";
import { Welcome } from "../features/welcome/welcome";
import { t } from "../messages/t";
import type { LinkState } from "../replica/types";
import { useDirectory } from "../state/index";
import { openSession, sessionInView } from "../state/open-session";
import { useTaste } from "../state/taste";
import { Empty } from "../ui/empty";
import { Sheet } from "../ui/sheet";
import { useMedia } from "../ui/use-media";
import { NarrowHead } from "./narrow-head";
import { SessionPage } from "./session-page";
import { Side } from "./side";
import { Toasts } from "./toasts";
import { useTabTitle } from "./use-tab-title";
import css from "./shell.module.css";

/** Side bar, session, people; one column where the window is narrow. */
export function Shell({ link }: { link: LinkState }) {
  const directory = useDirectory();
  const taste = useTaste();
  const narrow = useMedia("(max-width: 800px)");
  const [sheet, setSheet] = useState(false);
  const welcome = useLastWelcome(link);
  const owner = welcome?.owner ?? false;
  const current = sessionInView(directory, taste.session);
  useTabTitle(current, directory?.sessions ?? []);
  const open = (session: string) => {
    openSession(session);
    setSheet(false);
  };
  const side = <Side link={link} welcome={welcome} directory={directory} current={current} onOpen={open} />;
  return (
    <div className={css.shell}>
      {!narrow && <aside className={css.side}>{side}</aside>}
      {narrow && sheet && (
        <Sheet side="left" label={t("sessions.label")} onClose={() => setSheet(false)}>
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
        {current && directory ? (
          <SessionPage
            key={current.session}
            row={current}
            directory={directory}
            owner={owner}
            onMenu={narrow ? () => setSheet(true) : null}
          />
        ) : (
          <>
            {narrow && <NarrowHead title={welcome?.host_name ?? t("app")} onMenu={() => setSheet(true)} />}
            <div className={css.start}>
              {directory === null ? (
                <Empty title={t("start.loading")} />
              ) : owner && directory.repositories.length === 0 ? (
                <Welcome />
              ) : (
                <Empty title={owner ? t("start.owner") : t("start.guest")}>
                  <p>{owner ? t("start.owner_todo") : t("start.guest_todo")}</p>
                </Empty>
              )}
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

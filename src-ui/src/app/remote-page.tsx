import { useState, type ReactNode } from "react";
import { Connection } from "../features/connection/connection";
import { ForgetHost } from "../features/hosts/forget-host";
import { HostTrouble } from "../features/hosts/host-trouble";
import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";
import type { OtherHost } from "../state/hosts";
import { StoreProvider } from "../state/index";
import { Empty } from "../ui/empty";
import { SessionPage } from "./session-page";
import css from "./pane.module.css";

type Props = { host: OtherHost; row: SessionRow | null; here: boolean; head?: (row: SessionRow | null) => ReactNode };

/** A session at another host, in the same room page over that host's link. */
export function RemotePage({ host, row: session, here, head }: Props) {
  const { row, store, link, directory } = host;
  const [forgetting, setForgetting] = useState(false);
  const current = link.kind === "refused" ? null : session;
  const verbs = { onForget: () => setForgetting(true), onSettings: () => undefined };
  return (
    <>
      <StoreProvider value={store}>
        <Connection link={link} host={row.label} />
        {current && directory ? (
          <SessionPage key={`${row.key}/${current.session}`} row={current} here={here} head={head?.(current)} />
        ) : (
          <>
            {head?.(null)}
            {session && <h1 className="only-read-aloud">{row.label}</h1>}
            <div className={css.empty}>
              <Empty title={row.label}>
                {link.kind === "live" && directory === null && <p>{t("start.loading")}</p>}
                {link.kind === "live" && directory !== null && directory.workspaces.length > 0 && <p>{t("start.guest_todo")}</p>}
                <HostTrouble host={host} verbs={verbs} />
              </Empty>
            </div>
          </>
        )}
      </StoreProvider>
      {forgetting && <ForgetHost row={row} onClose={() => setForgetting(false)} />}
    </>
  );
}

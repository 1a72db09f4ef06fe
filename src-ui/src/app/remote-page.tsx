import { useState } from "react";
import { Connection } from "../features/connection/connection";
import { ForgetHost } from "../features/hosts/forget-host";
import { HostTrouble } from "../features/hosts/host-trouble";
import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";
import type { OtherHost } from "../state/hosts";
import { StoreProvider } from "../state/index";
import { Empty } from "../ui/empty";
import { NarrowHead } from "./narrow-head";
import { SessionPage } from "./session-page";
import css from "./shell.module.css";

type Props = { host: OtherHost; row: SessionRow | null; onMenu: (() => void) | null };

/** A session at another host, in the same room page over that host's link. */
export function RemotePage({ host, row: session, onMenu }: Props) {
  const { row, store, link, directory } = host;
  const [forgetting, setForgetting] = useState(false);
  const current = link.kind === "refused" ? null : session;
  const verbs = { onForget: () => setForgetting(true), onSettings: () => undefined };
  return (
    <>
      <StoreProvider value={store}>
        <Connection link={link} host={row.label} />
        {current && directory ? (
          <SessionPage
            key={`${row.key}/${current.session}`}
            row={current}
            directory={directory}
            owner={false}
            host={row.label}
            onMenu={onMenu}
          />
        ) : (
          <>
            {onMenu && <NarrowHead title={row.label} onMenu={onMenu} />}
            <div className={css.start}>
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

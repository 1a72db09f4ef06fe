import { Plus } from "lucide-react";
import { useState } from "react";
import { ForgetHost } from "../features/hosts/forget-host";
import { HostSection } from "../features/hosts/host-section";
import css from "../features/hosts/hosts.module.css";
import { JoinHost } from "../features/hosts/join-host";
import { MeDialog } from "../features/me/me-dialog";
import { Tree } from "../features/session-list/tree";
import { t } from "../messages/t";
import type { OtherHost } from "../state/hosts";
import { StoreProvider } from "../state/index";
import { openSession } from "../state/open-session";
import { Button } from "../ui/button";

type Props = {
  hosts: readonly OtherHost[];
  /** The session in view, if it is at another host. */
  current: { host: string; session: string | null } | null;
  filter: string;
  onOpened: () => void;
};
type Asking = { kind: "join" } | { kind: "forget" | "settings"; host: OtherHost } | null;

/** The other hosts under this one: each with its connection, its workspaces and its sessions. */
export function Elsewhere({ hosts, current, filter, onOpened }: Props) {
  const [asking, setAsking] = useState<Asking>(null);
  const close = () => setAsking(null);
  const join = () => setAsking({ kind: "join" });
  return (
    <div className={css.hosts}>
      <div className={css.title}>
        <h2>{t("hosts")}</h2>
        <Button look="quiet" square className={css.add} aria-label={t("hosts.join")} title={t("hosts.join")} onClick={join}>
          <Plus size={14} aria-hidden />
        </Button>
      </div>
      {hosts.map((host) => (
        <StoreProvider key={host.row.key} value={host.store}>
          <HostSection
            host={host}
            verbs={{
              onForget: () => setAsking({ kind: "forget", host }),
              onSettings: () => setAsking({ kind: "settings", host }),
            }}
          >
            {host.directory && (
              <Tree
                directory={host.directory}
                current={current?.host === host.row.key ? current.session : null}
                owner={false}
                filter={filter}
                onOpen={(session) => {
                  openSession(session, host.row.key);
                  onOpened();
                }}
              />
            )}
          </HostSection>
          {asking?.kind === "settings" && asking.host.row.key === host.row.key && host.link.kind === "live" && (
            <MeDialog welcome={host.link.welcome} at={host.row.label} onClose={close} />
          )}
        </StoreProvider>
      ))}
      {hosts.length === 0 && (
        <Button look="link" className={css.first} onClick={join}>
          {t("hosts.join")}
        </Button>
      )}
      {asking?.kind === "join" && <JoinHost onClose={close} />}
      {asking?.kind === "forget" && <ForgetHost row={asking.host.row} onClose={close} />}
    </div>
  );
}

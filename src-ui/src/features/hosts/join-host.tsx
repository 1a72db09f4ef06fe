import { useState } from "react";
import type { KnownHostRow } from "../../gen/KnownHostRow";
import { t } from "../../messages/t";
import { useRefreshHosts } from "../../state/other-hosts";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Tabs } from "../../ui/tabs";
import { JoinByInvite } from "./join-by-invite";
import { Nearby } from "./nearby";
import css from "./hosts.module.css";

/** The ways into another host: an invite that its owner has sent (PA2), or a code that they read out (PA3). */
export function JoinHost({ code = "", onClose }: { /** An invite that is there already. */ code?: string; onClose: () => void }) {
  const [way, setWay] = useState<"invite" | "nearby">("invite");
  const [joined, setJoined] = useState<KnownHostRow | null>(null);
  const refresh = useRefreshHosts();
  const onJoined = (row: KnownHostRow) => {
    void refresh();
    setJoined(row);
  };
  return (
    <Dialog title={t("hosts.join")} onClose={onClose}>
      {joined ? (
        <Joined row={joined} onClose={onClose} />
      ) : (
        <>
          <Tabs
            label={t("hosts.way")}
            value={way}
            options={[
              ["invite", t("hosts.way_invite")],
              ["nearby", t("hosts.way_nearby")],
            ]}
            onChange={setWay}
          />
          {way === "invite" ? <JoinByInvite given={code} onCancel={onClose} onJoined={onJoined} /> : <Nearby onCancel={onClose} onJoined={onJoined} />}
        </>
      )}
    </Dialog>
  );
}

function Joined({ row, onClose }: { row: KnownHostRow; onClose: () => void }) {
  const params = { host: row.label };
  return (
    <>
      <p role="status">{row.waiting ? t("hosts.waiting_title", params) : t("hosts.joined", params)}</p>
      <p className={css.about}>{row.waiting ? t("hosts.waiting_about") : t("hosts.joined_about", { name: row.name })}</p>
      {!row.in_keyring && <p className={css.about}>{t("hosts.no_keyring")}</p>}
      <div className={css.verbs}>
        <Button autoFocus look="primary" onClick={onClose}>
          {t("done")}
        </Button>
      </div>
    </>
  );
}

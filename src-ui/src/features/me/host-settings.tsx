import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { useAsked } from "../../state/asked";
import { Tick } from "../../ui/tick";
import { TurnedAway } from "./turned-away";
import css from "./me.module.css";

/** What new shares begin with, whether this host is seen in the network (PA3), and whom it turned away. */
export function HostSettings() {
  const { answer, again } = useAsked({ method: "settings" }, "settings");
  const { act, busy } = useAct();
  const settings = answer?.settings;
  const change = async (wish: { consensus_by_default?: boolean; nearby?: boolean }) => {
    const params = { name: null, consensus_by_default: null, nearby: null, ...wish };
    if (await act({ method: "change_settings", params })) again();
  };
  const off = busy || settings === undefined;
  return (
    <>
      <div className={css.part}>
        <p className={css.title}>{t("me.new_shares")}</p>
        <Tick
          checked={settings?.consensus_by_default ?? false}
          disabled={off}
          onChange={(consensus_by_default) => change({ consensus_by_default })}
        >
          {t("share.consensus")}
        </Tick>
      </div>
      <div className={css.part}>
        <p className={css.title}>{t("me.nearby")}</p>
        <Tick checked={settings?.nearby ?? false} disabled={off} onChange={(nearby) => change({ nearby })}>
          {t("me.nearby_tick")}
        </Tick>
      </div>
      <TurnedAway />
    </>
  );
}

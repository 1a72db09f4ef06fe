import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { useAsked } from "../../state/asked";
import { Tick } from "../../ui/tick";
import css from "./me.module.css";

/** What new shares begin with. */
export function Consensus() {
  const { answer, again } = useAsked({ method: "settings" }, "settings");
  const { act, busy } = useAct();
  const change = async (consensus_by_default: boolean) => {
    if (await act({ method: "change_settings", params: { name: null, consensus_by_default, nearby: null } })) again();
  };
  return (
    <div className={css.part}>
      <p className={css.title}>{t("me.new_shares")}</p>
      <Tick checked={answer?.settings.consensus_by_default ?? false} disabled={busy || answer === null} onChange={change}>
        {t("share.consensus")}
      </Tick>
    </div>
  );
}

import { useState } from "react";
import { t } from "../../messages/t";
import { useAct } from "../../state/act";
import { Button } from "../../ui/button";
import css from "./me.module.css";

/** Out of everything at this host; only a new invite leads back. */
export function Leave({ host }: { host: string }) {
  const [asking, setAsking] = useState(false);
  const { act, busy } = useAct();
  if (!asking)
    return (
      <div className={css.part}>
        <Button look="link" onClick={() => setAsking(true)}>
          {t("me.leave", { host })}
        </Button>
      </div>
    );
  return (
    <div className={css.part} role="alert">
      <p>{t("me.leave_about", { host })}</p>
      <div className={css.verbs}>
        <Button autoFocus onClick={() => setAsking(false)}>
          {t("me.stay")}
        </Button>
        <Button look="danger" disabled={busy} onClick={() => act({ method: "leave", params: {} })}>
          {t("me.leave_verb")}
        </Button>
      </div>
    </div>
  );
}

import type { KnownHostRow } from "../../gen/KnownHostRow";
import { t } from "../../messages/t";
import { useAttempt } from "../../state/attempt";
import { useRefreshHosts } from "../../state/other-hosts";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import css from "./hosts.module.css";

/** Forgets another host only after a question: what opens it can't be had back. */
export function ForgetHost({ row, onClose }: { row: KnownHostRow; onClose: () => void }) {
  const { attempt, busy, wrong } = useAttempt();
  const refresh = useRefreshHosts();
  const forget = async () => {
    if (!(await attempt({ method: "forget_host", params: { host: row.key } }))) return;
    onClose();
    await refresh();
  };
  return (
    <Dialog title={t("hosts.forget_title", { host: row.label })} onClose={onClose}>
      <p className={css.about}>{t("hosts.forget_about")}</p>
      <Wrong wrong={wrong} />
      <div className={css.verbs}>
        <Button autoFocus onClick={onClose}>
          {t("hosts.keep")}
        </Button>
        <Button look="danger" disabled={busy} onClick={forget}>
          {t("hosts.forget")}
        </Button>
      </div>
    </Dialog>
  );
}

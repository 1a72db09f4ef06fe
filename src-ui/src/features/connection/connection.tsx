import { CloudOff, LoaderCircle } from "lucide-react";
import { t } from "../../messages/t";
import type { LinkState } from "../../replica/types";
import { useRedial } from "../../state/index";
import { Button } from "../../ui/button";
import { cx } from "../../ui/cx";
import { useNow } from "../../ui/time";
import css from "./connection.module.css";

type Props = { link: LinkState; /** What another host than the page's own is called. */ host?: string };

/** One strip while the host is out of reach. What was there stays readable, and drafts stay (PA9). */
export function Connection({ link, host }: Props) {
  switch (link.kind) {
    case "dialling":
      return (
        <div className={css.bar} role="status">
          <LoaderCircle size={14} className={css.spin} aria-hidden />
          <span>{host ? t("hosts.dialling_title", { host }) : link.attempt > 1 ? t("link.dialling_again") : t("link.dialling")}</span>
        </div>
      );
    case "retrying":
      return <Retrying until={link.until} host={host} />;
    case "idle":
    case "live":
    case "refused":
    case "needs_name":
    case "waiting_for_consent":
      return null;
  }
}

function Retrying({ until, host }: { until: number; host: string | undefined }) {
  const now = useNow();
  const redial = useRedial();
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return (
    <div className={cx(css.bar, css.lost)} role="status">
      <CloudOff size={14} aria-hidden />
      <span>
        {host ? t("hosts.lost", { host }) : t("link.lost")} <span aria-live="off">{t("link.retry_in", { seconds })}</span>
      </span>
      <Button look="ghost" onClick={redial}>
        {t("link.try_now")}
      </Button>
    </div>
  );
}

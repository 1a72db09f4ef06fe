import { t } from "../../messages/t";
import type { OtherHost } from "../../state/hosts";
import { Dot } from "../../ui/dot";
import { useNow } from "../../ui/time";
import css from "./hosts.module.css";

/** How the connection to another host stands, in a word. */
export function HostState({ host: { row, link, latency } }: { host: OtherHost }) {
  switch (link.kind) {
    case "live":
      return (
        <span
          className={css.state}
          title={latency === null ? undefined : t("hosts.latency_about", { host: row.label, milliseconds: latency })}
        >
          <Dot tone="ok" label={t("hosts.live")} />
          {latency !== null && t("hosts.latency", { milliseconds: latency })}
        </span>
      );
    case "idle":
    case "dialling":
      return <span className={css.state}>{t("hosts.dialling")}</span>;
    case "retrying":
      return <Retrying until={link.until} />;
    case "waiting_for_consent":
      return (
        <span className={css.state}>
          <Dot tone="idle" label="" />
          {t("hosts.waiting")}
        </span>
      );
    case "refused":
    case "needs_name":
      return (
        <span className={css.state}>
          <Dot tone="bad" label="" />
          {t("hosts.refused")}
        </span>
      );
  }
}

function Retrying({ until }: { until: number }) {
  const now = useNow();
  const seconds = Math.max(0, Math.ceil((until - now) / 1000));
  return <span className={css.state}>{t("hosts.retrying", { seconds })}</span>;
}

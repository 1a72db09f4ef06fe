import type { AgentDetails } from "../../gen/AgentDetails";
import type { AgentRow } from "../../gen/AgentRow";
import { t, tn } from "../../messages/t";
import { ago, useNow } from "../../ui/time";
import css from "./providers.module.css";

/** What is known of an agent, and since when. */
export function Facts({ row }: { row: AgentRow }) {
  const now = useNow();
  const { details, offers } = row;
  if (!details?.program) return null;
  const { check, key } = details;
  const said = [
    check?.version && t("providers.version", { version: check.version }),
    check && !check.failure && !row.rehearsal && t(`providers.login.${check.login}`),
    check?.failure && check.login === "out" && t("providers.login.out"),
    offers.models.length > 0 && tn("providers.models", offers.models.length),
    check?.commands && tn("providers.commands", check.commands),
    key && check?.login !== "in" && t(key.is_set ? "providers.key_set" : "providers.key_unset", { variable: key.variable }),
    row.rehearsal && t("agent.rehearsal"),
    when(details, now),
  ];
  return (
    <>
      <p className={css.place}>
        <span>{details.source ? t("providers.found_in", { place: details.source }) : t("providers.found")}</span>{" "}
        <code title={details.program}>{details.program}</code>
      </p>
      <p className={css.note}>{said.filter(Boolean).join(" · ")}</p>
      {!row.can_be_limited && <p className={css.note}>{t("providers.unlimited")}</p>}
    </>
  );
}

function when({ check }: AgentDetails, now: number): string {
  if (!check) return t("providers.never");
  const time = ago(check.at, now);
  return time === "" ? t("providers.checked_now") : t("providers.checked", { time });
}

import { ListChecks } from "lucide-react";
import type { BallotOutcome } from "../../gen/BallotOutcome";
import { t } from "../../messages/t";
import type { PlanItem, Room } from "../../replica/types";
import { inRosterOrder, nameOf, personOf } from "../../state/people";
import { Face } from "../../ui/face";
import { timeOfDay, useNow } from "../../ui/time";
import { CardRecord, type RecordTone } from "./record";
import { withdrawnWords } from "./words";
import { Whole } from "./whole";
import css from "./record.module.css";

type Props = { room: Room; session: string; item: PlanItem };

/** A plan where it arose, with how it ended and every word said on it (RO5). */
export function PlanRecord({ room, session, item }: Props) {
  const now = useNow();
  const { outcome } = item;
  const withdrawn = outcome?.kind === "withdrawn";
  const at = timeOfDay(item.closedAt ?? item.at, now);
  if (outcome === null) return <CardRecord id={item.id} icon={<ListChecks size={15} />} tone="open" title={open(item)} aside={at} />;
  return (
    <CardRecord
      id={item.id}
      icon={<ListChecks size={15} aria-hidden />}
      tone={tone(outcome)}
      title={words(room, outcome)}
      aside={at}
      unfolded={!withdrawn}
    >
      <Whole session={session} text={item.plan} />
      {item.votes.length + item.dropped.length > 0 && (
        <ul role="list" className={css.votes} aria-label={t("plan.votes")}>
          {inRosterOrder(room, item.votes, (vote) => vote.person).map((vote) => (
            <li key={vote.person} className={css.vote}>
              <Face person={personOf(room, vote.person)} size="s" />
              <span>
                {vote.choice.kind === "approve"
                  ? t("plan.said_yes", { name: nameOf(room, vote.person) })
                  : t("plan.said_no", { name: nameOf(room, vote.person), reason: vote.choice.reason })}
              </span>
            </li>
          ))}
          {item.dropped.map((drop) => (
            <li key={drop.person} className={css.vote}>
              <Face person={personOf(room, drop.person)} size="s" away />
              <span>{t(`plan.dropped.${drop.reason}`, { name: personOf(room, drop.person).name })}</span>
            </li>
          ))}
        </ul>
      )}
    </CardRecord>
  );
}

function open(item: PlanItem): string {
  if (item.electorate.kind === "any_decider") return t("plan.open_decision");
  const approvals = item.votes.filter((vote) => vote.choice.kind === "approve").length;
  return t("plan.open_votes", { approvals, voters: item.electorate.voters.length - item.dropped.length });
}

function tone(outcome: BallotOutcome): RecordTone {
  switch (outcome.kind) {
    case "approved":
      return "yes";
    case "overridden":
      return outcome.verdict === "approved" ? "yes" : "no";
    case "denied":
    case "lapsed":
      return "no";
    case "withdrawn":
      return "off";
  }
}

function words(room: Room, outcome: BallotOutcome): string {
  switch (outcome.kind) {
    case "approved":
      return t("plan.was_approved");
    case "denied":
      return t("plan.was_denied", { name: nameOf(room, outcome.by), reason: outcome.reason });
    case "overridden":
      return t(outcome.verdict === "approved" ? "plan.was_overridden_yes" : "plan.was_overridden_no", {
        name: nameOf(room, outcome.by),
        reason: outcome.reason,
      });
    case "lapsed":
      return t("plan.was_lapsed");
    case "withdrawn":
      return withdrawnWords("plan", outcome.reason);
  }
}

import { Check, PenLine } from "lucide-react";
import type { BallotView } from "../../gen/BallotView";
import type { VoterView } from "../../gen/VoterView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { inRosterOrder, isAway, isYou, nameOf, personOf, roster } from "../../state/people";
import { cx } from "../../ui/cx";
import { Face } from "../../ui/face";
import css from "./votes.module.css";

/** Everybody's word so far, by face; who is present but has no vote is said to observe (BA4). */
export function Votes({ room, ballot }: { room: Room; ballot: BallotView }) {
  const voters = new Set(ballot.voters.map((voter) => voter.person));
  const observers = roster(room).filter((one) => !voters.has(one.person));
  const showObservers = ballot.electorate.kind === "everyone";
  return (
    <ul role="list" className={css.votes} aria-label={t("plan.votes")}>
      {inRosterOrder(room, ballot.voters, (voter) => voter.person).map((voter) => (
        <Vote key={voter.person} room={room} voter={voter} />
      ))}
      {showObservers &&
        observers.map((one) => (
          <li key={one.person} className={css.vote}>
            <Face person={personOf(room, one.person)} size="s" away={isAway(one)} />
            <span className={css.waits}>
              {isYou(room, one.person) ? t("plan.you_observe") : t("plan.observes", { name: one.name })}
            </span>
          </li>
        ))}
    </ul>
  );
}

function Vote({ room, voter }: { room: Room; voter: VoterView }) {
  const name = nameOf(room, voter.person);
  return (
    <li className={css.vote}>
      <Face person={personOf(room, voter.person)} size="s" away={voter.away} />
      {voter.choice === null && <span className={css.waits}>{voter.away ? t("plan.away", { name }) : name}</span>}
      {voter.choice === null && <span className="only-read-aloud">{t("plan.no_vote_yet")}</span>}
      {voter.choice?.kind === "approve" && (
        <span className={cx(css.said, css.yes)}>
          <Check size={13} aria-label={t("plan.approved_by")} /> {name}
        </span>
      )}
      {voter.choice?.kind === "deny" && (
        <span className={cx(css.said, css.no)}>
          <PenLine size={12} aria-label={t("plan.denied_by")} /> {name}
        </span>
      )}
    </li>
  );
}

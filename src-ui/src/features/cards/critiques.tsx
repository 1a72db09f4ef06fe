import type { BallotView } from "../../gen/BallotView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { inRosterOrder, nameOf } from "../../state/people";
import css from "./foot.module.css";

/** What should change, by whoever asked for it, while the plan is still open (BA3). */
export function Critiques({ room, ballot }: { room: Room; ballot: BallotView }) {
  const denials = inRosterOrder(room, ballot.voters, (voter) => voter.person).flatMap(({ person, choice }) =>
    choice?.kind === "deny" ? [{ person, reason: choice.reason }] : [],
  );
  return denials.map(({ person, reason }) => (
    <p key={person} className={css.critique}>
      {t("plan.critique", { name: nameOf(room, person), reason })}
    </p>
  ));
}

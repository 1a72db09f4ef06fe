import type { QuestionView } from "../../gen/QuestionView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { inRosterOrder, isAway, isYou, nameOf, personOf, roster } from "../../state/people";
import { Face } from "../../ui/face";
import css from "./votes.module.css";

/** Who has answered, whom it waits for, and who only watches (QN1, QN2). */
export function Answered({ room, question }: { room: Room; question: QuestionView }) {
  const voters = question.electorate.kind === "everyone" ? question.electorate.voters : [];
  const people = roster(room);
  const observers = people.filter((one) => !voters.includes(one.person));
  const away = new Set(people.filter(isAway).map((one) => one.person));
  const words = (person: string) => {
    if (question.answered.includes(person)) return t("question.answered", { name: nameOf(room, person) });
    if (isYou(room, person)) return t("question.you_wait");
    const { name } = personOf(room, person);
    return away.has(person) ? t("plan.away", { name }) : t("question.waits", { name });
  };
  return (
    <ul role="list" className={css.votes} aria-label={t("question.answers")}>
      {inRosterOrder(room, voters, (person) => person).map((person) => (
        <li key={person} className={css.vote}>
          <Face person={personOf(room, person)} size="s" away={away.has(person)} />
          <span className={question.answered.includes(person) ? css.yes : css.waits}>{words(person)}</span>
        </li>
      ))}
      {observers.map((one) => (
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

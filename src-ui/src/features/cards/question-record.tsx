import { MessageCircleQuestion } from "lucide-react";
import { Fragment } from "react";
import type { QuestionField } from "../../gen/QuestionField";
import { t } from "../../messages/t";
import type { QuestionItem, Room } from "../../replica/types";
import { inRosterOrder, nameOf, personOf } from "../../state/people";
import { Face } from "../../ui/face";
import { Markdown } from "../../ui/markdown";
import { timeOfDay, useNow } from "../../ui/time";
import { CardRecord } from "./record";
import { withdrawnWords } from "./words";
import css from "./record.module.css";

/** Without the empty room for other words beside options of which some were chosen. */
function toldOf({ asked: { fields }, settled }: QuestionItem): QuestionField[] {
  const isEmpty = ({ key }: QuestionField) => (settled?.[key] ?? []).length === 0;
  return fields.filter((field, at) => {
    const above = fields[at - 1];
    const isOther = field.optional && field.options.length === 0 && above !== undefined && above.options.length > 0;
    return !(isOther && isEmpty(field) && !isEmpty(above));
  });
}

type Props = { room: Room; item: QuestionItem };

/** A question where it arose; once settled, what the agent was told and who said what. */
export function QuestionRecord({ room, item }: Props) {
  const at = timeOfDay(item.at, useNow());
  const icon = <MessageCircleQuestion size={15} aria-hidden />;
  if (item.withdrawn !== null)
    return <CardRecord id={item.id} icon={icon} tone="off" title={withdrawnWords("question", item.withdrawn)} aside={at} />;
  if (item.settled === null) {
    const title = t("question.open", { answered: item.answered.length });
    return <CardRecord id={item.id} icon={icon} tone="open" title={title} aside={at} />;
  }
  return (
    <CardRecord id={item.id} icon={icon} tone="yes" title={t("question.settled")} aside={at} unfolded>
      {item.asked.text !== "" && <Markdown text={item.asked.text} />}
      <dl className={css.answers}>
        {toldOf(item).map((field) => (
          <Fragment key={field.key}>
            <dt>{field.text}</dt>
            <dd>{(item.settled?.[field.key] ?? []).join(", ") || t("question.no_answer")}</dd>
          </Fragment>
        ))}
      </dl>
      {item.answered.length > 0 && (
        <ul role="list" className={css.votes} aria-label={t("question.answers")}>
          {inRosterOrder(room, item.answered, (one) => one.person).map((one) => (
            <li key={one.person} className={css.vote}>
              <Face person={personOf(room, one.person)} size="s" />
              <span>
                {t("question.said", {
                  name: nameOf(room, one.person),
                  answer: Object.values(one.answers).flat().join(", "),
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </CardRecord>
  );
}

import { useRef, useState } from "react";
import type { QuestionField as QuestionFieldAsked } from "../../gen/QuestionField";
import type { QuestionView } from "../../gen/QuestionView";
import { t } from "../../messages/t";
import type { Answers, Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { useAgentName } from "../../state/agent-name";
import { Button } from "../../ui/button";
import { Markdown } from "../../ui/markdown";
import { Answered } from "./answered";
import { chooseNth } from "./card-keys";
import { Deciders } from "./deciders";
import { Frame } from "./frame";
import { GoOn } from "./go-on";
import { QuestionField } from "./question-field";
import foot from "./foot.module.css";
import css from "./question.module.css";

type Props = { room: Room; session: string; question: QuestionView };

/** The agent asks people. Everybody sees who has answered; observers see no fields to fill (QN1, QN2). */
export function QuestionCard({ room, session, question }: Props) {
  const agent = useAgentName(room.view?.turn?.choice.agent ?? room.view?.choice.agent ?? "");
  const [answers, setAnswers] = useState<Answers>(question.your_answers ?? {});
  const form = useRef<HTMLFormElement>(null);
  const { act, busy } = useAct();
  const everyone = question.electorate.kind === "everyone";
  const complete = isComplete(question.asked.fields, answers);
  const submit = () =>
    act({ method: "answer", params: { session, question: question.question, answers: trimmed(answers) } });
  return (
    <form
      ref={form}
      className={css.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (complete && !busy) void submit();
      }}
    >
      <Frame
        title={t("question.title")}
        about={everyone ? t("question.needs_everyone", { agent }) : t("question.needs_one", { agent })}
        yours={question.you_may}
        keys={question.you_may ? { number: (n, within) => chooseNth(form.current, n, within) } : {}}
        foot={
          <div className={foot.row}>
            {everyone ? <Answered room={room} question={question} /> : !question.you_may && <Deciders room={room} driver />}
            <div className={foot.verbs}>
              <GoOn
                room={room}
                waiting={question.waiting_for}
                request={(person) => ({
                  method: "go_on_without_answer",
                  params: { session, question: question.question, person },
                })}
              />
              {question.you_may && (
                <Button type="submit" look="primary" disabled={!complete || busy}>
                  {question.your_answers ? t("question.change") : t("question.answer")}
                </Button>
              )}
            </div>
          </div>
        }
      >
        <div className={css.fields}>
          {question.asked.text !== "" && <Markdown text={question.asked.text} />}
          {question.asked.fields.map((field) => (
            <QuestionField
              key={field.key}
              field={field}
              open={question.you_may}
              value={answers[field.key] ?? []}
              onChange={(value) => setAnswers({ ...answers, [field.key]: value })}
            />
          ))}
        </div>
      </Frame>
    </form>
  );
}

/** What may be left out can't all be left out. */
function isComplete(fields: readonly QuestionFieldAsked[], answers: Answers): boolean {
  const given = (field: QuestionFieldAsked) => (answers[field.key] ?? []).some((one) => one.trim() !== "");
  return fields.every((field) => field.optional || given(field)) && fields.some(given);
}

function trimmed(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([key, list]) => [key, list.map((one) => one.trim()).filter((one) => one !== "")]),
  );
}

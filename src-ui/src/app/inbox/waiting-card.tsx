import { PermissionCard } from "../../features/cards/permission-card";
import { PlanCard } from "../../features/cards/plan-card";
import { QuestionCard } from "../../features/cards/question-card";
import { HandOver } from "../../features/lock-banner/hand-over";
import { Suggestion } from "../../features/suggestions/suggestion";
import { t, tn } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { names } from "../../state/people";
import { Button } from "../../ui/button";
import { timeOfDay, useNow } from "../../ui/time";
import type { Wait } from "./waits";
import css from "./inbox.module.css";

type Props = { room: Room; session: string; wait: Wait };

/** The same card as in the session, or a line where one press is all it takes. */
export function WaitingCard({ room, session, wait }: Props) {
  const { act, busy } = useAct();
  const now = useNow();
  const since = wait.at === 0 ? null : <time dateTime={new Date(wait.at).toISOString()}>{timeOfDay(wait.at, now)}</time>;
  switch (wait.kind) {
    case "permission":
      return <PermissionCard room={room} session={session} permission={wait.permission} />;
    case "plan":
      return <PlanCard room={room} session={session} ballot={wait.ballot} />;
    case "question":
      return <QuestionCard room={room} session={session} question={wait.question} />;
    case "suggestion":
      return (
        <ol role="list" className={css.one}>
          <Suggestion room={room} session={session} suggestion={wait.suggestion} />
        </ol>
      );
    case "drive":
      return (
        <Line words={t("lock.asked", { names: names(room, wait.people) })}>
          {room.view?.turn && <HandOver room={room} session={session} turn={room.view.turn} />}
        </Line>
      );
    case "interrupted":
      return (
        <Line words={t("inbox.interrupted")} about={t("resume.about")} since={since}>
          <Button
            look="primary"
            disabled={busy}
            onClick={() => act({ method: "prompt", params: { session, text: t("resume.prompt"), delivery: "now" } })}
          >
            {t("resume")}
          </Button>
        </Line>
      );
    case "held":
      return (
        <Line words={tn("queue.count", wait.count)} about={t("queue.held")} since={since}>
          <Button disabled={busy} onClick={() => act({ method: "release_queue", params: { session } })}>
            {t("queue.run")}
          </Button>
        </Line>
      );
    case "failed":
      return (
        <Line words={t("outcome.failed")} about={wait.reason} since={since}>
          {wait.retry !== null && <Retry session={session} turn={wait.retry} />}
        </Line>
      );
  }
}

function Retry({ session, turn }: { session: string; turn: string }) {
  const { act, busy } = useAct();
  return (
    <Button look="primary" disabled={busy} onClick={() => act({ method: "retry_turn", params: { session, turn } })}>
      {t("retry")}
    </Button>
  );
}

type LineProps = { words: string; about?: string; since?: React.ReactNode; children?: React.ReactNode };

function Line({ words, about, since, children }: LineProps) {
  return (
    <div className={css.line}>
      <p>
        <b>{words}</b>
        {about && <span>{about}</span>}
      </p>
      {since}
      {children}
    </div>
  );
}

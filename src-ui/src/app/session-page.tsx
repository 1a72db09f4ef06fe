import { useCallback, useRef, type ReactNode } from "react";
import { Pinned } from "../features/cards/pinned";
import { PermissionRecord } from "../features/cards/permission-record";
import { PlanRecord } from "../features/cards/plan-record";
import { QuestionRecord } from "../features/cards/question-record";
import { Composer } from "../features/composer/composer";
import { WhileAway } from "../features/digest/while-away";
import { LockBanner } from "../features/lock-banner/lock-banner";
import { TypingLine } from "../features/people/typing-line";
import { Queue } from "../features/queue/queue";
import { Suggestions } from "../features/suggestions/suggestions";
import { Announcer } from "../features/transcript/announcer";
import { Transcript, type CardItem } from "../features/transcript/transcript";
import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";
import { useRoom } from "../state/index";
import { useLook } from "../state/looking";
import { titleOf } from "../state/session-title";
import { Replaced } from "./replaced";
import { useEscape } from "./use-escape";
import css from "./session-page.module.css";

type Props = { row: SessionRow; /** Keys go to it. */ here: boolean; /** Its own bar, where there are no tabs. */ head?: ReactNode };

/** One session: lock, transcript, what is open, composer. */
export function SessionPage({ row, here, head }: Props) {
  const { session } = row;
  const room = useRoom(session);
  const page = useRef<HTMLElement>(null);
  useEscape({ room, session, here, page });
  useLook(session, room.status === "live");
  const card = useCallback(
    (item: CardItem) => {
      switch (item.kind) {
        case "plan":
          return <PlanRecord room={room} session={session} item={item} />;
        case "question":
          return <QuestionRecord room={room} item={item} />;
        case "permission":
          return <PermissionRecord room={room} session={session} item={item} />;
      }
    },
    [room, session],
  );
  return (
    <section ref={page} className={css.centre} aria-label={titleOf(row)}>
      {head}
      {here && !head && (
        <h1 className="only-read-aloud">
          {t("session.number")}#{row.number} {room.view?.title || titleOf(row)}
        </h1>
      )}
      {here && <Announcer key={session} room={room} />}
      <LockBanner room={room} session={session} />
      <Replaced at={room.replacedAt} />
      <WhileAway room={room} session={session} />
      <div className={css.transcript}>
        <Transcript room={room} session={session} card={card} />
      </div>
      {room.status !== "gone" && (
        <div className={css.below}>
          <Pinned room={room} session={session} />
          <Suggestions room={room} session={session} />
          <Queue room={room} session={session} />
          <TypingLine room={room} />
          <Composer room={room} session={session} />
        </div>
      )}
    </section>
  );
}

import { useCallback, useState } from "react";
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
import { Transcript, type CardItem } from "../features/transcript/transcript";
import type { Directory } from "../gen/Directory";
import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";
import { useRoom } from "../state/index";
import { useLook } from "../state/looking";
import { setTaste, useTaste } from "../state/taste";
import { Sheet } from "../ui/sheet";
import { useMedia } from "../ui/use-media";
import { PeoplePanel } from "./people-panel";
import { Replaced } from "./replaced";
import { SessionHead } from "./session-head";
import css from "./session-page.module.css";

type Props = { row: SessionRow; directory: Directory; owner: boolean; /** What the host is called, if it is another than the page's own. */ host?: string; onMenu: (() => void) | null };

/** One session: head, lock, transcript, what is open, composer; people beside it. */
export function SessionPage({ row, directory, owner, host, onMenu }: Props) {
  const { session } = row;
  const room = useRoom(session);
  useLook(session, room.status === "live");
  const { people } = useTaste();
  const beside = useMedia("(min-width: 1101px)");
  const [sheet, setSheet] = useState(false);
  const card = useCallback(
    (item: CardItem) => {
      switch (item.kind) {
        case "plan":
          return <PlanRecord room={room} session={session} item={item} />;
        case "question":
          return <QuestionRecord room={room} item={item} />;
        case "permission":
          return <PermissionRecord room={room} item={item} />;
      }
    },
    [room, session],
  );
  return (
    <div className={css.page}>
      <section className={css.centre} aria-label={row.title}>
        <SessionHead
          row={row}
          room={room}
          workspace={directory.workspaces.find((one) => one.workspace === row.workspace) ?? null}
          owner={owner}
          host={host ?? null}
          people={beside ? people : sheet}
          onMenu={onMenu}
          onPeople={() => (beside ? setTaste({ people: !people }) : setSheet(true))}
        />
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
      {beside && people && <PeoplePanel room={room} onClose={() => setTaste({ people: false })} />}
      {!beside && sheet && (
        <Sheet side="right" label={t("people")} onClose={() => setSheet(false)}>
          <PeoplePanel room={room} onClose={() => setSheet(false)} />
        </Sheet>
      )}
    </div>
  );
}

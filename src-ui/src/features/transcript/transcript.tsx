import { ArrowDown } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef, type ReactNode } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { t } from "../../messages/t";
import type { PermissionItem, PlanItem, QuestionItem, Room } from "../../replica/types";
import { useOlder } from "../../state/index";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/empty";
import { cx } from "../../ui/cx";
import { FindBar } from "../../ui/find-bar";
import { FoldMemory } from "../../ui/fold";
import { RowView } from "./row-view";
import { rowsOf } from "./rows";
import { OwnersSession } from "./take-back";
import { useFind } from "./use-find";
import { useStick } from "./use-stick";
import css from "./transcript.module.css";

export type CardItem = PlanItem | QuestionItem | PermissionItem;

type Props = { room: Room; session: string; card: (item: CardItem) => ReactNode };

const LOAD_WITHIN = 800;

/** What was said and done: newest at the bottom, older pages as the reader scrolls up (LO3, LO7). */
export function Transcript(props: Props) {
  const { room } = props;
  if (room.status === "gone") return <Empty title={t("session.gone")} />;
  if (room.status === "loading" && room.transcript.items.length === 0) return <Loading />;
  return <List {...props} />;
}

function List({ room, session, card }: Props) {
  const { items, first } = room.transcript;
  const rows = useMemo(() => rowsOf(items), [items]);
  const older = useOlder(session);
  const owner = room.view?.you.rights.includes("own") ?? false;
  const { scroller, content, away, toEnd, letGo, onScroll } = useStick();
  const list = useRef<VirtualizerHandle>(null);
  const find = useFind({ session, rows, list, content, letGo, older: { ...older, first } });
  const folds = useMemo(() => new Map<string, boolean>(), [session]);
  const prepended = usePrepended(first);
  const wantsOlder = () => {
    if (older.loading || older.whole) return;
    const box = scroller.current;
    if (box && box.scrollTop < LOAD_WITHIN) older.load();
  };
  useEffect(wantsOlder, [first, older.loading, older.whole, rows.length]);
  useSendsJump(room, toEnd);
  return (
    <div className={css.frame}>
      <div
        ref={scroller}
        className={css.scroller}
        role="log"
        aria-live="off"
        aria-label={t("transcript.label")}
        tabIndex={0}
        onScroll={() => {
          onScroll();
          wantsOlder();
        }}
      >
        {!items.some((item) => item.kind !== "notice") && (
          <div className={css.empty}>
            <Empty title={t("transcript.empty")}>
              <p>{t("transcript.empty_hint")}</p>
            </Empty>
          </div>
        )}
        <div ref={content} className={css.content}>
          <FoldMemory value={folds}>
            <OwnersSession value={owner ? session : null}>
              {/* Draws by data: of ten thousand rows only those near the sight become elements at all. */}
              <Virtualizer ref={list} data={rows} scrollRef={scroller} shift={prepended} bufferSize={600}>
                {(row) => (
                  <div key={row.id} className={cx(css.row, row.id === find.marked && css.found)}>
                    <RowView row={row} room={room} session={session} card={card} />
                  </div>
                )}
              </Virtualizer>
            </OwnersSession>
          </FoldMemory>
        </div>
      </div>
      {find.open && (
        <FindBar
          label={t("find")}
          backwards
          at={find.at}
          count={find.count}
          older={find.older}
          onLook={find.look}
          onStep={find.step}
          onClose={() => {
            find.close();
            scroller.current?.focus();
          }}
        />
      )}
      {older.loading && !find.older?.searching && <p className={css.loading}>{t("transcript.loading_older")}</p>}
      {away && (
        <Button className={css.jump} onClick={toEnd}>
          <ArrowDown size={13} aria-hidden /> {t("transcript.jump")}
        </Button>
      )}
    </div>
  );
}

function Loading() {
  return (
    <div className={css.skeleton} role="status" aria-label={t("transcript.loading")}>
      <i />
      <i />
      <i />
    </div>
  );
}

/** True in the render in which an older page came in front, so that the reader's place is kept. */
function usePrepended(first: number): boolean {
  const before = useRef(first);
  const prepended = first < before.current;
  useLayoutEffect(() => {
    before.current = first;
  });
  return prepended;
}

/** One's own prompt always comes into view. */
function useSendsJump(room: Room, toEnd: () => void) {
  const last = room.transcript.items.findLast((item) => item.kind === "prompt");
  const mine = last?.kind === "prompt" && last.author === room.view?.you.person ? last.id : null;
  const seen = useRef(mine);
  useEffect(() => {
    if (mine === null || mine === seen.current) return;
    seen.current = mine;
    toEnd();
  }, [mine, toEnd]);
}

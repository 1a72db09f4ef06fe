import { ArrowUpRight } from "lucide-react";
import { CardsOf } from "../../features/cards/frame";
import { t } from "../../messages/t";
import { openSession } from "../../state/open-session";
import { isYou, personOf } from "../../state/people";
import { titleOf } from "../../state/session-title";
import { wantCard } from "../../state/wanted-card";
import { Button } from "../../ui/button";
import { Dot } from "../../ui/dot";
import { toneOf } from "../../ui/status-tone";
import type { WaitingIn } from "./use-waiting";
import { WaitingCard } from "./waiting-card";
import css from "./inbox.module.css";

/** A session that waits: which, where, whose turn it is, and the cards themselves, to settle them here. */
export function WaitingSession({ waiting }: { waiting: WaitingIn }) {
  const { key, row, host, room, place, waits } = waiting;
  const title = room.view?.title || titleOf(row);
  const driver = room.view?.turn?.driver;
  const open = () => {
    const [first] = waits;
    if (first) wantCard(key, first.id);
    openSession(row.session, host);
  };
  return (
    <section className={css.session} aria-label={title}>
      <header className={css.about}>
        <Dot tone={toneOf(row.status)} label={t(`status.${row.status}`)} />
        <h2 className={css.title} title={title}>
          <span className={css.number}>#{row.number}</span>
          {title}
        </h2>
        <p className={css.place}>
          {place}
          {driver && ` · ${isYou(room, driver) ? t("inbox.turn_yours") : t("inbox.turn_of", { name: personOf(room, driver).name })}`}
        </p>
        <Button look="quiet" className={css.open} aria-label={t("inbox.open_what", { title })} onClick={open}>
          {t("inbox.open")} <ArrowUpRight size={14} aria-hidden />
        </Button>
      </header>
      {waits.map((wait, at) => (
        <div key={wait.id} className={css.card}>
          <CardsOf value={at === 0 ? title : `${title} ${at + 1}`}>
            <WaitingCard room={room} session={row.session} wait={wait} />
          </CardsOf>
        </div>
      ))}
    </section>
  );
}

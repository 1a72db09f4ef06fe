import { Square } from "lucide-react";
import type { TurnView } from "../../gen/TurnView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { useChoiceWords } from "../../state/agent-name";
import { useRegionName } from "../../state/layout/named";
import { isYou, names, personOf } from "../../state/people";
import { useStopAsked } from "../../state/stopping";
import { Button } from "../../ui/button";
import { Clock } from "../../ui/clock";
import { Face } from "../../ui/face";
import { HandOver } from "./hand-over";
import { QueueInstead } from "./queue-instead";
import { waitsFor } from "./waits-for";
import css from "./lock-banner.module.css";

type Props = { room: Room; session: string };

/** Who drives, since when, on what the turn waits, and what this reader can do about it (TU2, TU9). */
export function LockBanner({ room, session }: Props) {
  const turn = room.view?.turn;
  return turn ? <Line room={room} session={session} turn={turn} /> : null;
}

function Line({ room, session, turn }: Props & { turn: TurnView }) {
  const name = useRegionName(t("lock.label"), room.view?.title ?? "");
  const driver = personOf(room, turn.driver);
  const yours = isYou(room, turn.driver);
  const choice = useChoiceWords(turn.choice);
  const asked = turn.asked_to_drive.filter((person) => !isYou(room, person));
  return (
    <section
      className={css.lock}
      style={{ "--who": `var(--p${driver.colour % 12})` } as React.CSSProperties}
      aria-label={name}
    >
      <Face person={driver} size="s" />
      <p className={css.words}>
        <b>{yours ? t("lock.you_drive") : t("lock.drives", { name: driver.name })}</b>
        <span className={css.facts}>
          <Clock since={turn.since} />
          {" · "}
          {waitsFor(turn)}
          {` · ${choice}`}
          {turn.author !== turn.driver && ` · ${t("lock.author", { name: personOf(room, turn.author).name })}`}
        </span>
      </p>
      {asked.length > 0 && (
        <span className={css.asked} role="status">
          {t("lock.asked", { names: names(room, asked) })}
        </span>
      )}
      <Verbs room={room} session={session} turn={turn} />
    </section>
  );
}

function Verbs({ room, session, turn }: Props & { turn: TurnView }) {
  const { act, busy } = useAct();
  const again = useStopAsked(session, turn.turn) && !isYou(room, turn.driver);
  const may = room.view?.you.may;
  if (!may) return null;
  const youAsked = turn.asked_to_drive.some((person) => isYou(room, person));
  return (
    <div className={css.verbs}>
      {may.hand_over && <HandOver room={room} session={session} turn={turn} />}
      {may.queue && !may.hand_over && may.ask_to_drive && <QueueInstead />}
      {may.ask_to_drive && (
        <Button
          look="ghost"
          className={css.ask}
          disabled={busy || youAsked}
          onClick={() => act({ method: "ask_to_drive", params: { session } })}
        >
          {youAsked ? t("lock.you_asked") : t("lock.ask")}
        </Button>
      )}
      {may.take_lock && (
        <Button
          look="ghost"
          className={css.take}
          disabled={busy}
          onClick={() => act({ method: "take_lock", params: { session } })}
        >
          {t("lock.take")}
        </Button>
      )}
      {/* Said by the composer already. */}
      {again && (
        <span className={css.again} aria-hidden>
          {t("composer.stop_again")}
        </span>
      )}
      {may.stop && (
        <Button
          look="ghost"
          className={css.stop}
          disabled={busy || turn.phase === "stopping"}
          onClick={() => act({ method: "stop_turn", params: { session } })}
        >
          <Square size={11} fill="currentColor" aria-hidden />
          <span>{turn.phase === "stopping" ? t("lock.stopping") : t("lock.stop")}</span>
        </Button>
      )}
    </div>
  );
}

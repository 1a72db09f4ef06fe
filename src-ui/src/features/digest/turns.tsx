import type { Digest } from "../../gen/Digest";
import type { DigestTurn } from "../../gen/DigestTurn";
import { t, tn } from "../../messages/t";
import type { Room } from "../../replica/types";
import { nameOf, personOf } from "../../state/people";
import { Face } from "../../ui/face";
import { askedIn } from "./recall";
import css from "./digest.module.css";

/** Who asked what, and how it ended. */
export function Turns({ room, digest }: { room: Room; digest: Digest }) {
  if (digest.turns.length === 0) return null;
  return (
    <ul role="list" className={css.list} aria-label={t("digest.asked")}>
      {digest.earlier_turns > 0 && <li className={css.more}>{tn("digest.earlier", digest.earlier_turns)}</li>}
      {digest.turns.map((turn) => (
        <Turn key={turn.turn} room={room} turn={turn} />
      ))}
    </ul>
  );
}

function Turn({ room, turn }: { room: Room; turn: DigestTurn }) {
  const asked = askedIn(room, turn);
  return (
    <li className={css.entry}>
      {asked && <Face person={personOf(room, asked.author)} size="s" />}
      <span className={css.text}>
        {asked ? t("digest.prompt", { name: nameOf(room, asked.author), prompt: asked.prompt }) : t("digest.began_before")}
      </span>
      <small>{turn.outcome ? t(`outcome.${turn.outcome.kind}`) : t("status.running")}</small>
    </li>
  );
}

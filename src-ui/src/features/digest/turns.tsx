import type { Digest } from "../../gen/Digest";
import { t, tn } from "../../messages/t";
import type { Room } from "../../replica/types";
import { nameOf, personOf } from "../../state/people";
import { Face } from "../../ui/face";
import css from "./digest.module.css";

/** Who asked what, and how it ended. */
export function Turns({ room, digest }: { room: Room; digest: Digest }) {
  if (digest.turns.length === 0) return null;
  return (
    <ul role="list" className={css.list} aria-label={t("digest.asked")}>
      {digest.earlier_turns > 0 && <li className={css.more}>{tn("digest.earlier", digest.earlier_turns)}</li>}
      {digest.turns.map((turn) => (
        <li key={turn.turn} className={css.entry}>
          {turn.author !== null && <Face person={personOf(room, turn.author)} size="s" />}
          <span className={css.text}>
            {turn.author === null ? t("digest.began_before") : t("digest.prompt", { name: nameOf(room, turn.author), prompt: turn.prompt })}
          </span>
          <small>{turn.outcome ? t(`outcome.${turn.outcome.kind}`) : t("status.running")}</small>
        </li>
      ))}
    </ul>
  );
}

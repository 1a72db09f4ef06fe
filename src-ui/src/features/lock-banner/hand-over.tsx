import type { TurnView } from "../../gen/TurnView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { isAway, isYou, personOf, roster } from "../../state/people";
import { Button } from "../../ui/button";
import { Face } from "../../ui/face";
import { Popover } from "../../ui/popover";
import css from "./lock-banner.module.css";

/** Gives the lock to somebody who may steer: who asked with one press, the others from a list (TU9). */
export function HandOver({ room, session, turn }: { room: Room; session: string; turn: TurnView }) {
  const { act, busy } = useAct();
  const asked = (person: string) => turn.asked_to_drive.includes(person);
  const others = roster(room)
    .filter((one) => !isYou(room, one.person) && one.person !== turn.driver)
    .filter((one) => !one.muted && !isAway(one) && (one.owner || one.rights.includes("steer")))
    .toSorted((a, b) => Number(asked(b.person)) - Number(asked(a.person)));
  const give = (to: string) => act({ method: "hand_over", params: { session, to } });
  const [first] = others;
  if (!first) return null;
  return (
    <>
      {asked(first.person) && (
        <Button className={css.answer} disabled={busy} onClick={() => give(first.person)}>
          {t("lock.hand_over_named", { name: first.name })}
        </Button>
      )}
      {(others.length > 1 || !asked(first.person)) && (
        <Popover
          label={t("lock.hand_over_to")}
          trigger={(props) => (
            <Button look="ghost" disabled={busy} {...props}>
              {t("lock.hand_over")}
            </Button>
          )}
        >
          {(close) =>
            others.map((one) => (
              <Button
                key={one.person}
                look="quiet"
                className={css.choice}
                disabled={busy}
                onClick={() => {
                  close();
                  void give(one.person);
                }}
              >
                <Face person={personOf(room, one.person)} size="s" />
                {one.name}
                {asked(one.person) && <small>{t("lock.has_asked")}</small>}
              </Button>
            ))
          }
        </Popover>
      )}
    </>
  );
}

import { People } from "../features/people/people";
import type { RoomRules } from "../gen/RoomRules";
import { t } from "../messages/t";
import { useRoom } from "../state/index";
import css from "./aside.module.css";

/** Who is in a session; beside a pane with nothing open the panel stays, so that nothing jumps. */
export function AsidePeople({ session }: { session: string | null }) {
  return session === null ? <p className={css.nobody}>{t("people.nobody")}</p> : <PeopleOf session={session} />;
}

function PeopleOf({ session }: { session: string }) {
  const room = useRoom(session);
  const alone = (room.view?.roster.length ?? 0) < 2;
  return (
    <>
      {!alone && <p className={css.rule}>{ruleWords(room.view?.rules)}</p>}
      <People room={room} />
    </>
  );
}

function ruleWords(rules: RoomRules | undefined): string {
  const decided = rules?.consensus ? t("people.consensus") : t("people.decider");
  return rules?.plan_first ? `${t("people.plan_first")} · ${decided}` : decided;
}

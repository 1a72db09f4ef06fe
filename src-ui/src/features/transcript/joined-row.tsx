import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { names } from "../../state/people";
import { timeOfDay, useNow } from "../../ui/time";
import css from "./notice.module.css";

/** Who came, in one line however many they are. */
export function JoinedRow({ people, at, room }: { people: string[]; at: number; room: Room }) {
  const now = useNow();
  return (
    <p className={css.notice}>
      {t("notice.joined", { name: names(room, [...new Set(people)]) })}{" "}
      <time dateTime={new Date(at).toISOString()}>{timeOfDay(at, now)}</time>
    </p>
  );
}

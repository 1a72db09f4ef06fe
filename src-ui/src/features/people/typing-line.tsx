import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { isYou, names } from "../../state/people";
import css from "./typing.module.css";

/** Who is writing right now, above the composer. */
export function TypingLine({ room }: { room: Room }) {
  const typing = Object.keys(room.typing).filter((person) => !isYou(room, person));
  if (typing.length === 0) return null;
  const who = names(room, typing);
  return <p className={css.typing}>{typing.length === 1 ? t("typing.single", { who }) : t("typing.several", { who })}</p>;
}

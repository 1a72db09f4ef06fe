import { Eraser } from "lucide-react";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { personOf } from "../../state/people";
import { timeOfDay, useNow } from "../../ui/time";
import css from "./tombstone.module.css";

type Props = { item: { kind: Kind; at: number; author?: string }; room: Room };
type Kind = "prompt" | "message" | "thought" | "tool" | "plan" | "question" | "permission" | "suggestion" | "tasks";

/** That something was said, by whom and when stays; its words are gone for everybody (LO11). */
export function Tombstone({ item, room }: Props) {
  const now = useNow();
  const what = t(`taken_back.${item.kind}`);
  return (
    <p className={css.tombstone}>
      <Eraser size={14} aria-hidden />
      {item.author === undefined ? t("taken_back", { what }) : t("taken_back.of", { what, name: personOf(room, item.author).name })}
      <time dateTime={new Date(item.at).toISOString()}>{timeOfDay(item.at, now)}</time>
    </p>
  );
}

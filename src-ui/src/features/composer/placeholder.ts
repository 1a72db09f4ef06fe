import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import type { Room } from "../../replica/types";
import { isYou, personOf } from "../../state/people";

/** Says what happens to text written now. */
export function placeholder(room: Room, view: RoomView): string {
  if (view.you.may.suggest && !view.you.may.prompt_now) return t("composer.suggesting");
  if (view.state === "paused") return t("composer.paused");
  if (view.turn && !isYou(room, view.turn.driver))
    return t("composer.other_drives", { name: personOf(room, view.turn.driver).name });
  if (view.turn) return t("composer.you_drive");
  if (view.queue.held && view.queue.items.length > 0) return t("composer.queue_held");
  return t("composer.idle");
}

import { ShieldCheck, ShieldQuestion, ShieldX } from "lucide-react";
import { t } from "../../messages/t";
import type { PermissionItem, Room } from "../../replica/types";
import { nameOf } from "../../state/people";
import { timeOfDay, useNow } from "../../ui/time";
import { Asked } from "./asked";
import { CardRecord, type RecordTone } from "./record";
import { withdrawnWords } from "./words";

type Props = { room: Room; session: string; item: PermissionItem };

/** A request for leave where it arose: who answered it and when (PE1, PE2). */
export function PermissionRecord({ room, session, item }: Props) {
  const now = useNow();
  const at = timeOfDay(item.answer?.at ?? item.at, now);
  return (
    <CardRecord id={item.id} icon={icon(item)} tone={tone(item)} title={words(room, item)} aside={at}>
      <Asked request={item.request} session={session} />
    </CardRecord>
  );
}

function icon(item: PermissionItem) {
  if (item.answer?.answer === "allow") return <ShieldCheck size={15} aria-hidden />;
  if (item.answer !== null || item.withdrawn !== null) return <ShieldX size={15} aria-hidden />;
  return <ShieldQuestion size={15} aria-hidden />;
}

function tone(item: PermissionItem): RecordTone {
  if (item.answer !== null) return item.answer.answer === "allow" ? "yes" : "no";
  return item.withdrawn !== null ? "off" : "open";
}

function words(room: Room, item: PermissionItem): string {
  const what = item.request.title;
  if (item.answer === null)
    return item.withdrawn !== null ? withdrawnWords("permission", item.withdrawn) : t("permission.open", { what });
  const { by, answer } = item.answer;
  if (item.refusal === "plan_first") return t("permission.refused.plan_first", { what });
  if (item.refusal !== null) return t("permission.refused.not_its_tool", { group: t(`tool_group.${item.refusal.not_its_tool}`), what });
  if (by === null) return t("permission.lapsed", { what });
  const name = nameOf(room, by);
  return answer === "allow" ? t("permission.allowed", { name, what }) : t("permission.rejected", { name, what });
}

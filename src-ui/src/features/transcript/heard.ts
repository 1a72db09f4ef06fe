import type { RoomView } from "../../gen/RoomView";
import { t } from "../../messages/t";
import type { Item, NoticeItem, PromptItem, Room, ToolItem, TurnEndItem } from "../../replica/types";
import { isYou, personOf } from "../../state/people";
import { inShort } from "./in-short";
import { noticeWords } from "./notice-words";
import { toolWords } from "./tool-words";

/** `now`: it waits for this reader. */
export type Heard = { words: string; now: boolean };

/** What came between two states of a room, in words to be said. Nothing of what an older page brought. */
export function heardBetween(before: Room, after: Room): Heard[] {
  const { head, first } = before.transcript;
  // Another snapshot took the place of everything.
  if (after.transcript.first > first) return [];
  const words = after.transcript.items.flatMap((item, at) => {
    if (item.takenBack) return [];
    if ((item.seq ?? 0) > head) return wordsOf(after, item) ?? [];
    return hasFailed(before.transcript.items[at], item) ? failed(item) : [];
  });
  return [...words.map((said) => ({ words: said, now: false })), ...waiting(before.view, after.view)];
}

function wordsOf(room: Room, item: Item): string | null {
  switch (item.kind) {
    case "message":
      return item.streaming ? null : inShort(item.text.text) || null;
    case "tool":
      return item.status === "failed" ? failed(item) : null;
    case "prompt":
      return promptWords(room, item);
    case "turn_end":
      return endWords(room, item);
    case "notice":
      return lockWords(room, item);
    default:
      return null;
  }
}

function promptWords(room: Room, item: PromptItem): string | null {
  if (isYou(room, item.author) || item.origin.kind !== "human") return null;
  const params = { name: personOf(room, item.author).name, text: inShort(item.text) };
  return item.choice === null ? t("heard.adds", params) : t("heard.asks", params);
}

function endWords(room: Room, { turn, outcome }: TurnEndItem): string | null {
  switch (outcome.kind) {
    case "completed":
      return t("heard.done");
    case "failed":
      return t("heard.failed", { reason: outcome.reason });
    case "interrupted":
      return t("heard.interrupted");
    case "cancelled":
      return stopper(room, turn) === room.view?.you.person ? null : t("heard.stopped");
  }
}

function stopper(room: Room, turn: string): string | null {
  const stop = room.transcript.items.findLast((item) => item.kind === "notice" && item.notice.what === "turn_stopping" && item.notice.turn === turn);
  return stop?.kind === "notice" ? stop.by : null;
}

function lockWords(room: Room, item: NoticeItem): string | null {
  if (item.notice.what !== "driver_changed" || item.by === room.view?.you.person) return null;
  return isYou(room, item.notice.driver) ? t("lock.you_drive") : noticeWords(room, item);
}

/** In its place as before: an older page in front moves all of them, and brings none. */
function hasFailed(before: Item | undefined, after: Item): after is ToolItem & Item {
  return before?.kind === "tool" && after.kind === "tool" && before.id === after.id && before.status !== "failed" && after.status === "failed";
}

function failed({ call }: ToolItem): string {
  return t("heard.tool_failed", { what: toolWords(call).thing || t("tool.untitled") });
}

/** Cards that wait now and did not before, or not for this reader. */
function waiting(before: RoomView | null, after: RoomView | null): Heard[] {
  if (!before || !after) return [];
  const known = new Map(cardsOf(before).map(({ id, now }) => [id, now]));
  return cardsOf(after).filter(({ id, now }) => !known.has(id) || (now && !known.get(id)));
}

function cardsOf({ ballots, questions, permissions }: RoomView): (Heard & { id: string })[] {
  return [
    ...ballots.map(({ ballot, you_may }) => ({ id: ballot, now: you_may, words: t(you_may ? "heard.plan" : "heard.plan_others") })),
    ...questions.map(({ question, asked, you_may }) => ({
      id: question,
      now: you_may,
      words: t(you_may ? "heard.question" : "heard.question_others", { text: inShort(asked.text) }),
    })),
    ...permissions.map(({ permission, request, you_may }) => ({
      id: permission,
      now: you_may,
      words: t(you_may ? "heard.permission" : "heard.permission_others", { what: request.title }),
    })),
  ];
}

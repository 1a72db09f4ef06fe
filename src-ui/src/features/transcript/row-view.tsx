import { memo, type ReactNode } from "react";
import type { Room } from "../../replica/types";
import { MessageRow } from "./message-row";
import { NoticeRow } from "./notice-row";
import { PromptRow } from "./prompt-row";
import type { Row } from "./rows";
import { TasksRow } from "./tasks-row";
import { ThoughtRow } from "./thought-row";
import { ToolGroup } from "./tool-group";
import type { CardItem } from "./transcript";
import { TurnEndRow } from "./turn-end-row";

type Props = { row: Row; room: Room; session: string; card: (item: CardItem) => ReactNode };

export const RowView = memo(function RowView({ row, room, session, card }: Props) {
  if (row.kind === "tools") return <ToolGroup tools={row.tools} session={session} />;
  const { item } = row;
  switch (item.kind) {
    case "prompt":
      return <PromptRow item={item} room={room} />;
    case "message":
      return <MessageRow item={item} session={session} />;
    case "thought":
      return <ThoughtRow item={item} session={session} />;
    case "tool":
      return <ToolGroup tools={[item]} session={session} />;
    case "tasks":
      return <TasksRow item={item} />;
    case "plan":
    case "question":
    case "permission":
      return card(item);
    case "turn_end":
      return <TurnEndRow item={item} room={room} session={session} />;
    case "notice":
      return <NoticeRow item={item} room={room} />;
  }
});

import { memo, type ReactNode } from "react";
import type { Item, Room } from "../../replica/types";
import { JoinedRow } from "./joined-row";
import { MessageRow } from "./message-row";
import { NoticeRow } from "./notice-row";
import { PromptRow } from "./prompt-row";
import type { Row } from "./rows";
import { SuggestionRow } from "./suggestion-row";
import { TasksRow } from "./tasks-row";
import { ThoughtRow } from "./thought-row";
import { ToolGroup } from "./tool-group";
import type { CardItem } from "./transcript";
import { Tombstone } from "./tombstone";
import { TurnEndRow } from "./turn-end-row";
import { WithMenu } from "./with-menu";
import css from "./transcript.module.css";

type Props = { row: Row; room: Room; session: string; card: (item: CardItem) => ReactNode };

export const RowView = memo(function RowView({ row, room, session, card }: Props) {
  if (row.kind === "tools") return <ToolGroup tools={row.tools} refused={row.refused} session={session} />;
  if (row.kind === "joined") return <JoinedRow people={row.people} at={row.at} room={room} />;
  const { item } = row;
  if (item.takenBack && item.kind !== "notice" && item.kind !== "turn_end") return <Tombstone item={item} room={room} />;
  return (
    <WithMenu item={item}>
      <ItemView item={item} room={room} session={session} card={card} />
    </WithMenu>
  );
});

type ItemProps = Omit<Props, "row"> & { item: Item };

function ItemView({ item, room, session, card }: ItemProps) {
  switch (item.kind) {
    case "prompt":
      return <PromptRow item={item} room={room} />;
    case "message":
      return <MessageRow item={item} session={session} />;
    case "thought":
      return <ThoughtRow item={item} session={session} />;
    case "tool":
      return <ToolGroup tools={[item]} refused={false} session={session} />;
    case "tasks":
      return <TasksRow item={item} />;
    case "plan":
    case "question":
    case "permission":
      return <div className={css.indent}>{card(item)}</div>;
    case "turn_end":
      return <TurnEndRow item={item} room={room} session={session} />;
    case "suggestion":
      return <SuggestionRow item={item} room={room} />;
    case "notice":
      return <NoticeRow item={item} room={room} />;
  }
}

import { memo, type ReactNode } from "react";
import type { Item, Room } from "../../replica/types";
import { JoinedRow } from "./joined-row";
import { MessageRow } from "./message-row";
import { NoticeRow } from "./notice-row";
import { PromptRow } from "./prompt-row";
import { RewoundRow } from "./rewound-row";
import type { Row } from "./rows";
import { SuggestionRow } from "./suggestion-row";
import { TasksRow } from "./tasks-row";
import { ThoughtRow } from "./thought-row";
import { ToolGroup } from "./tool-group";
import type { CardItem } from "./transcript";
import { Tombstone } from "./tombstone";
import { TurnEndRow } from "./turn-end-row";
import { TurnKeptRow } from "./turn-kept-row";
import { TurnPrompt } from "./turn-prompt";
import { WithMenu } from "./with-menu";
import css from "./transcript.module.css";

export type RowProps = { row: Row; room: Room; session: string; card: (item: CardItem) => ReactNode; /** Taken back by a rewind: nothing is done with it any more. */ gone?: boolean };

export const RowView = memo(function RowView({ row, room, session, card, gone }: RowProps) {
  if (row.kind === "tools") return <ToolGroup tools={row.tools} refused={row.refused} session={session} />;
  if (row.kind === "rewound") return <RewoundRow row={row} room={room} session={session} card={card} />;
  if (row.kind === "joined") return <JoinedRow people={row.people} at={row.at} room={room} />;
  const { item } = row;
  if (item.takenBack && hasWords(item)) return <Tombstone item={item} room={room} />;
  if (gone && item.kind === "turn_end") return null;
  // What was said into a running turn began none.
  if (item.kind === "prompt" && item.choice !== null && !gone) return <TurnPrompt item={item} room={room} session={session} />;
  return (
    <WithMenu item={item}>
      <ItemView item={item} room={room} session={session} card={card} {...(gone && { gone })} />
    </WithMenu>
  );
});

type Wordless = "notice" | "turn_end" | "turn_kept" | "rewound";

function hasWords(item: Item): item is Exclude<Item, { kind: Wordless }> {
  return item.kind !== "notice" && item.kind !== "turn_end" && item.kind !== "turn_kept" && item.kind !== "rewound";
}

type ItemProps = Omit<RowProps, "row"> & { item: Item };

function ItemView({ item, room, session, card, gone }: ItemProps) {
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
    case "turn_kept":
      return <TurnKeptRow item={item} room={room} session={session} gone={gone ?? false} />;
    case "rewound":
      return null;
    case "suggestion":
      return <SuggestionRow item={item} room={room} />;
    case "notice":
      return <NoticeRow item={item} room={room} />;
  }
}

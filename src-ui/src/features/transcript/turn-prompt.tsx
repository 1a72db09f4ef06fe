import type { PromptItem, Room } from "../../replica/types";
import type { RewindQuestion } from "./item-menu";
import { PromptRow } from "./prompt-row";
import { useRewinds } from "./rewind";
import { RewindDialog } from "./rewind-dialog";
import { WithMenu } from "./with-menu";

type Props = { item: PromptItem; room: Room; session: string };

/** The prompt that began a turn, with the way back to before it (CH8). */
export function TurnPrompt({ item, room, session }: Props) {
  const workspace = useRewinds(room, session);
  const rewind: RewindQuestion | null = workspace === null ? null : (onClose) => <RewindDialog room={room} session={session} workspace={workspace} turn={item.turn} onClose={onClose} />;
  return (
    <WithMenu item={item} rewind={rewind}>
      <PromptRow item={item} room={room} />
    </WithMenu>
  );
}

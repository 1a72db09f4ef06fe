import type { PromptItem, Room } from "../../replica/types";
import { useForkPlace } from "../../state/fork";
import { ForkDialog } from "./fork-dialog";
import type { Ways } from "./item-menu";
import { PromptRow } from "./prompt-row";
import { useRewinds } from "./rewind";
import { RewindDialog } from "./rewind-dialog";
import { WithMenu } from "./with-menu";

type Props = { item: PromptItem; room: Room; session: string };

/** The prompt that began a turn, with the way back to before it (CH8), and the way on from there beside it (WS24). */
export function TurnPrompt({ item, room, session }: Props) {
  const { view } = room;
  const { turn } = item;
  const workspace = useRewinds(room, session);
  const place = useForkPlace(view);
  const ways: Ways = {
    rewind: workspace === null ? null : (onClose) => <RewindDialog room={room} session={session} workspace={workspace} turn={turn} onClose={onClose} />,
    fork: view && place ? (onClose) => <ForkDialog view={view} place={place} turn={turn} onClose={onClose} /> : null,
  };
  return (
    <WithMenu item={item} ways={ways}>
      <PromptRow item={item} room={room} />
    </WithMenu>
  );
}

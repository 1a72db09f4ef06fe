import { t } from "../../messages/t";
import type { RequestWithoutCommand, Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { personOf } from "../../state/people";
import { Button } from "../../ui/button";

type Props = {
  room: Room;
  /** Unreachable people the owner may go on without (BA5). */
  waiting: readonly string[];
  request: (person: string) => RequestWithoutCommand;
};

export function GoOn({ room, waiting, request }: Props) {
  const { act, busy } = useAct();
  const owner = room.view?.roster.some((one) => one.owner && one.person === room.view?.you.person);
  if (!owner) return null;
  return waiting.map((person) => (
    <Button key={person} look="ghost" disabled={busy} onClick={() => act(request(person))}>
      {t("card.go_on_without", { name: personOf(room, person).name })}
    </Button>
  ));
}

import type { RoomView } from "../../gen/RoomView";
import type { Room } from "../../replica/types";
import { useAct } from "../../state/act";
import { useAgentsOf } from "../../state/agents-of";
import { useRoomKey } from "../../state/index";
import { keepChoice } from "../../state/last-choice";
import { nextMode } from "./modes";

/** The mode that comes after the chosen one, and the way there; `null` for who cannot choose or has no choice (AG9). */
export function useNextMode(room: Room, view: RoomView): { name: string; choose: () => void } | null {
  const key = useRoomKey(view.session);
  const row = useAgentsOf(view.workspace).find(({ agent }) => agent === view.choice.agent);
  const { act, busy } = useAct();
  const owner = view.you.rights.includes("own");
  const ceiling = owner ? "bypass" : (room.transcript.ceilings[view.you.person] ?? "bypass");
  const next = view.you.may.steer ? nextMode(row, view.choice.mode, ceiling) : null;
  if (!next) return null;
  const choice = { ...view.choice, mode: next.id };
  return {
    name: next.name,
    choose: () => {
      if (busy) return;
      keepChoice(key, choice);
      void act({ method: "choose_agent", params: { session: view.session, choice } });
    },
  };
}

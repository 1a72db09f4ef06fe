import type { RoomView } from "../../gen/RoomView";
import { useAgents } from "../../state/index";

/** Whether what one writes can join the turn that runs (TU3). */
export function useJoins(view: RoomView): boolean {
  const running = view.turn;
  const row = useAgents().find((one) => one.agent === running?.choice.agent);
  const begun = running?.phase === "running" || running?.phase === "awaiting";
  return begun && view.you.may.steer && view.you.may.queue && row?.offers.steers === true;
}

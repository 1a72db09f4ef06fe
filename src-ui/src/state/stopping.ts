import { Cell } from "./cell";
import type { Clock } from "./clock";
import { useRoomKey } from "./index";
import { useCell } from "./use-cell";

/** Within which a second press is meant. */
const MEANT_MS = 2_000;

/** The room whose turn one more press stops, by its key. */
const asked = new Cell<string | null>(null);
let callOff = (): void => {};

/** True on the second press in time; the first only says that there is one. */
export function isMeant(roomKey: string, clock: Clock): boolean {
  const again = asked.get() === roomKey;
  forgetStop();
  if (again) return true;
  asked.set(roomKey);
  callOff = clock.after(MEANT_MS, forgetStop);
  return false;
}

export function forgetStop(): void {
  callOff();
  asked.set(null);
}

/** One more press stops this session's turn. */
export function useStopAsked(session: string): boolean {
  const key = useRoomKey(session);
  return useCell(asked) === key;
}

import { Cell } from "./cell";
import type { Clock } from "./clock";
import { useRoomKey } from "./index";
import { useCell } from "./use-cell";

/** Within which a second press is meant. */
const MEANT_MS = 2_000;

/** The turn that one more press stops. */
const asked = new Cell<string | null>(null);
let callOff = (): void => {};

/** A turn by its room's key and its own id: two hosts may give the same. */
export function stopKey(roomKey: string, turn: string): string {
  return `${roomKey} ${turn}`;
}

/** True on the second press in time; the first only says that there is one. */
export function isMeant(turn: string, clock: Clock): boolean {
  const again = asked.get() === turn;
  forget();
  if (again) return true;
  asked.set(turn);
  callOff = clock.after(MEANT_MS, forget);
  return false;
}

/** Of this turn only: what is asked about another stays. */
export function forgetStop(turn: string): void {
  if (asked.get() === turn) forget();
}

function forget(): void {
  callOff();
  asked.set(null);
}

/** One more press stops this turn of a session. */
export function useStopAsked(session: string, turn: string | undefined): boolean {
  const key = useRoomKey(session);
  const now = useCell(asked);
  return turn !== undefined && now === stopKey(key, turn);
}

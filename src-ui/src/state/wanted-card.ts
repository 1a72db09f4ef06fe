import { Cell } from "./cell";
import { useRoomKey } from "./index";
import { useCell } from "./use-cell";

/** The card that somebody came for, by the key of its room. */
const wanted = new Cell<{ room: string; card: string } | null>(null);

export function wantCard(room: string, card: string): void {
  wanted.set({ room, card });
}

/** The card of this session that its reader came for. */
export function useWantedCard(session: string): string | null {
  const key = useRoomKey(session);
  const now = useCell(wanted);
  return now?.room === key ? now.card : null;
}

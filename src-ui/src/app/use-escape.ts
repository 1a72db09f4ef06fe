import { useEffect, useRef, type RefObject } from "react";
import type { Room } from "../replica/types";
import { useAct } from "../state/act";
import { useFinding } from "../state/finding";
import { useRoomKey, useStore } from "../state/index";
import { belongsElsewhere, isPressed } from "../state/keys";
import { forgetStop, isMeant, stopKey } from "../state/stopping";

type Given = { room: Room; session: string; /** Keys go to it. */ here: boolean; page: RefObject<HTMLElement | null> };

/** Escape closes what is looked for; with nothing left to close, twice stops the turn. What lies on top hears it before. */
export function useEscape({ room, session, here, page }: Given): void {
  const roomKey = useRoomKey(session);
  const { clock } = useStore();
  const { act } = useAct();
  const [finding, closeFind] = useFinding(session);
  const { turn, you } = room.view ?? { turn: null, you: null };
  const stops = turn !== null && turn.phase !== "stopping" && (you?.may.stop ?? false) ? stopKey(roomKey, turn.turn) : null;
  const press = useRef<() => boolean>(() => false);
  press.current = () => {
    if (finding) closeFind();
    else if (stops === null) return false;
    else if (isMeant(stops, clock)) void act({ method: "stop_turn", params: { session } });
    return true;
  };
  useEffect(() => {
    if (!here) return;
    const onKey = (event: KeyboardEvent) => {
      if (!isPressed("Escape", event) || event.repeat || event.keyCode === 229 || belongsElsewhere(event)) return;
      if (isOutside(page.current, event.target) || isSomethingOnTop() || !press.current()) return;
      event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, [here, page]);
  useEffect(() => {
    if (!here || stops === null) return;
    return () => forgetStop(stops);
  }, [here, stops]);
}

function isOutside(page: HTMLElement | null, target: EventTarget | null): boolean {
  return target !== document.body && !(target instanceof Node && page?.contains(target));
}

/** A menu or panel that was opened elsewhere. */
function isSomethingOnTop(): boolean {
  return document.querySelector("[popover][role=menu], [popover][role=dialog]") !== null;
}

import { useEffect, useRef, useState, type PointerEvent } from "react";
import { actOnLayout } from "../state/layout";
import { halfOf, placeAmong, sideOf, type Box, type Drop } from "./drop";

export type Dragged = { key: string; words: string; x: number; y: number; drop: Drop | null };
export type Grab = (event: PointerEvent, key: string, words: string) => void;

const STARTS_AFTER = 6;

/** Carries a tab by the pointer. It begins only when the pointer has really moved, and Escape puts it back. */
export function useTabDrag(): { dragged: Dragged | null; grab: Grab } {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const end = useRef<() => void>(() => {});
  useEffect(() => () => end.current(), []);
  const grab: Grab = (event, key, words) => {
    if (event.button !== 0 || event.pointerType === "touch") return;
    const from = { x: event.clientX, y: event.clientY };
    let now: Dragged | null = null;
    const move = ({ clientX: x, clientY: y }: globalThis.PointerEvent) => {
      if (!now && Math.hypot(x - from.x, y - from.y) < STARTS_AFTER) return;
      now = { key, words, x, y, drop: dropAt(x, y) };
      setDragged(now);
    };
    const stop = () => {
      end.current = () => {};
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", up);
      removeEventListener("pointercancel", stop);
      removeEventListener("keydown", press, true);
      setDragged(null);
    };
    const up = () => {
      const drop = now?.drop;
      stop();
      if (drop) put(key, drop);
    };
    const press = (pressed: KeyboardEvent) => {
      if (pressed.key !== "Escape" || !now) return;
      pressed.preventDefault();
      pressed.stopPropagation();
      stop();
    };
    end.current();
    end.current = stop;
    addEventListener("pointermove", move);
    addEventListener("pointerup", up);
    addEventListener("pointercancel", stop);
    addEventListener("keydown", press, true);
  };
  return { dragged, grab };
}

function put(key: string, drop: Drop): void {
  switch (drop.kind) {
    case "strip":
      return actOnLayout({ type: "move", key, pane: drop.pane, at: drop.at });
    case "into":
      return actOnLayout({ type: "move", key, pane: drop.pane, at: Number.MAX_SAFE_INTEGER });
    case "beside":
      return actOnLayout({ type: "move_out", key, pane: drop.pane, side: drop.side });
  }
}

function dropAt(x: number, y: number): Drop | null {
  const pane = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-pane]");
  const id = Number(pane?.dataset.pane);
  if (!pane || !Number.isInteger(id)) return null;
  const strip = pane.querySelector<HTMLElement>("[data-strip]")?.getBoundingClientRect();
  if (strip && y <= strip.bottom) {
    const tabs = [...pane.querySelectorAll<HTMLElement>("[data-tab]")].map((tab) => tab.getBoundingClientRect());
    const at = placeAmong(tabs, x);
    const left = tabs[at]?.left ?? tabs.at(-1)?.right ?? strip.left;
    return { kind: "strip", pane: id, at, mark: { left: left - 1, top: strip.top + 4, width: 2, height: strip.height - 8 } };
  }
  const all = pane.getBoundingClientRect();
  const top = strip?.bottom ?? all.top;
  const body: Box = { left: all.left, top, width: all.width, height: all.bottom - top };
  const side = sideOf(body, x, y);
  return side ? { kind: "beside", pane: id, side, mark: halfOf(body, side) } : { kind: "into", pane: id, mark: body };
}

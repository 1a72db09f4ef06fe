import { useEffect, useState, type PointerEvent } from "react";
import { actOnLayout } from "../state/layout";
import { halfOf, placeAmong, sideOf, type Box, type Drop } from "./drop";

export type Dragged = { key: string; words: string; x: number; y: number; drop: Drop | null; /** By a finger. */ touch: boolean; /** Where it was taken up, until it is moved. */ taken: Box | null };
export type Taken = { key: string; words: string; /** Held by a finger and let go where it was. */ onHeld: () => void };
export type Grab = {
  take: (event: PointerEvent, tab: Taken) => void;
  /** One is taken up. */
  carries: () => boolean;
  /** Keeps the page still under a finger that carries one; for what hears `touchmove` and `touchend`. */
  steady: (event: Event) => void;
};

const MOUSE_STARTS = 6;
const FINGER_TREMBLES = 10;
const FINGER_HOLDS = 350;

/**
 * Carries a tab by the pointer, and Escape puts it back. A mouse takes it up by really moving, a finger by holding still:
 * before that the finger scrolls or chooses.
 */
export function useTabDrag(): { dragged: Dragged | null; grab: Grab } {
  const [dragged, setDragged] = useState<Dragged | null>(null);
  const [{ grab, end }] = useState(() => carrier(setDragged));
  useEffect(() => end, [end]);
  return { dragged, grab };
}

function carrier(show: (dragged: Dragged | null) => void): { grab: Grab; end: () => void } {
  let now: Dragged | null = null;
  let held = false;
  let stop = () => {};
  const see = (next: Dragged | null) => {
    now = next;
    show(next);
  };
  const take = (event: PointerEvent, { key, words, onHeld }: Taken) => {
    stop();
    held = false;
    if (event.button !== 0) return;
    const { clientX, clientY, currentTarget } = event;
    const touch = event.pointerType === "touch";
    const still = () => {
      held = true;
      see({ key, words, x: clientX, y: clientY, drop: null, touch, taken: currentTarget.getBoundingClientRect() });
    };
    const timer = touch ? setTimeout(still, FINGER_HOLDS) : undefined;
    const move = (x: number, y: number) => {
      const moved = Math.hypot(x - clientX, y - clientY) >= (touch ? FINGER_TREMBLES : MOUSE_STARTS);
      if (touch && !now) return moved ? stop() : undefined;
      if (moved || (now && !now.taken)) see({ key, words, x, y, drop: dropAt(x, y), touch, taken: null });
    };
    const up = () => {
      const last = now;
      stop();
      if (last?.taken) onHeld();
      else if (last?.drop) put(key, last.drop);
    };
    const deaf = listen(event.pointerId, { move, up, cancel: () => stop(), escape: () => now !== null && (stop(), true) });
    stop = () => {
      stop = () => {};
      clearTimeout(timer);
      deaf();
      if (now) see(null);
    };
  };
  const steady = (event: Event) => held && event.preventDefault();
  return { grab: { take, steady, carries: () => now !== null }, end: () => stop() };
}

type Heard = { move: (x: number, y: number) => void; up: () => void; cancel: () => void; /** Whether it was meant. */ escape: () => boolean };

/** Hears one pointer and the Escape key until it is told not to. */
function listen(pointer: number, { move, up, cancel, escape }: Heard): () => void {
  const until = new AbortController();
  const on = (type: "pointermove" | "pointerup" | "pointercancel", run: (event: globalThis.PointerEvent) => void) =>
    addEventListener(type, (event) => event.pointerId === pointer && run(event), { signal: until.signal });
  on("pointermove", ({ clientX, clientY }) => move(clientX, clientY));
  on("pointerup", up);
  on("pointercancel", cancel);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !escape()) return;
    event.preventDefault();
    event.stopPropagation();
  };
  addEventListener("keydown", press, { capture: true, signal: until.signal });
  return () => until.abort();
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

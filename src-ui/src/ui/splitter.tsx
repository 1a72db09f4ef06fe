import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { cx } from "./cx";
import css from "./splitter.module.css";

type Props = {
  label: string;
  /** `columns` stand side by side and the border is upright. */
  between: "columns" | "rows";
  /** The part of the one before it, of both, in hundredths. */
  value: number;
  /** Draws it while it is dragged, without a render. */
  draw: (before: HTMLElement, after: HTMLElement, first: number, both: number) => void;
  /** Once, when it was let go or moved by a key: the part of the one before it, 0 to 1. */
  onMoved: (first: number, both: number) => void;
  /** What it stands between, where that is not what stands beside it. */
  around?: (bar: HTMLElement) => readonly [HTMLElement, HTMLElement];
  className?: string | undefined;
};

const STEP = 0.05;
const MOVED = 2;

type Drag = { from: number; start: number; both: number; first: number; moved: boolean };

/** A border that a hand or the arrow keys move. A click without a movement moves nothing. */
export function Splitter({ label, between, value, draw, onMoved, around = beside, className }: Props) {
  const drag = useRef<Drag | null>(null);
  const upright = between === "columns";
  const measure = (bar: HTMLElement) => {
    const [before, after] = around(bar);
    const size = (box: HTMLElement) => (upright ? box.offsetWidth : box.offsetHeight);
    return { before, after, first: size(before), both: size(before) + size(after) };
  };
  const at = (event: PointerEvent) => (upright ? event.clientX : event.clientY);
  const move = (event: PointerEvent<HTMLDivElement>) => {
    const now = drag.current;
    if (!now) return;
    const by = at(event) - now.from;
    now.moved ||= Math.abs(by) >= MOVED;
    if (!now.moved) return;
    const { before, after } = measure(event.currentTarget);
    now.first = Math.min(Math.max(now.start + by, 0), now.both);
    draw(before, after, now.first, now.both);
  };
  const letGo = () => {
    const done = drag.current;
    drag.current = null;
    if (done?.moved) onMoved(done.first / done.both, done.both);
  };
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    const keys = upright ? (["ArrowLeft", "ArrowRight"] as const) : (["ArrowUp", "ArrowDown"] as const);
    const by = event.key === keys[0] ? -STEP : event.key === keys[1] ? STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    const { first, both } = measure(event.currentTarget);
    onMoved((both > 0 ? first / both : value / 100) + by, both);
  };
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(value)}
      className={cx(css.bar, upright ? css.upright : css.level, className)}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        const { first, both } = measure(event.currentTarget);
        drag.current = { from: at(event), start: first, both, first, moved: false };
      }}
      onPointerMove={move}
      onPointerUp={letGo}
      onPointerCancel={letGo}
      onKeyDown={press}
    />
  );
}

function beside(bar: HTMLElement): readonly [HTMLElement, HTMLElement] {
  return [bar.previousElementSibling, bar.nextElementSibling] as [HTMLElement, HTMLElement];
}

import { useCallback, useLayoutEffect, useRef, useState } from "react";

const NEAR = 60;
/** How long after a hand's last move a scroll still counts as theirs; a flick of a finger runs on. */
const AFTER_HAND = 400;
const AFTER_FLICK = 1500;

/**
 * Keeps a scroller at its end while the reader is near it. Only the reader's own hand lets go: neither
 * content that grows nor a list that measures itself does.
 */
export function useStick() {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const lastTop = useRef(0);
  const handUntil = useRef(0);
  const [away, setAway] = useState(false);

  const toEnd = useCallback(() => {
    stuck.current = true;
    handUntil.current = 0;
    setAway(false);
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, []);

  /** The page itself takes the reader elsewhere. */
  const letGo = useCallback(() => {
    stuck.current = false;
    setAway(true);
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const rose = box.scrollTop < lastTop.current;
    lastTop.current = box.scrollTop;
    const near = box.scrollHeight - box.clientHeight - box.scrollTop <= NEAR;
    if (near) stuck.current = true;
    else if (rose && performance.now() < handUntil.current) stuck.current = false;
    setAway(!stuck.current);
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    const end = () => {
      if (stuck.current) box.scrollTop = box.scrollHeight;
    };
    end();
    const observer = new ResizeObserver(end);
    observer.observe(box);
    if (content.current) observer.observe(content.current);
    const stopHands = watchHands(box, (until) => {
      handUntil.current = until;
    });
    return () => {
      observer.disconnect();
      stopHands();
    };
  }, []);

  return { scroller, content, away, toEnd, letGo, onScroll };
}

/** Tells until when scrolls are by hand: wheel, finger, key, or a drag of the scroll bar. */
function watchHands(box: HTMLElement, tell: (until: number) => void): () => void {
  const passive = { passive: true };
  let held = false;
  const soon = () => tell(performance.now() + AFTER_HAND);
  const flick = () => tell(performance.now() + AFTER_FLICK);
  const hold = () => {
    held = true;
    tell(Infinity);
  };
  // The pointer may leave the box before it is let go, but a press elsewhere is no hand on the scroll bar.
  const letGo = (after: () => void) => () => {
    if (held) after();
    held = false;
  };
  const up = letGo(soon);
  const cancelled = letGo(flick);
  box.addEventListener("wheel", soon, passive);
  box.addEventListener("keydown", soon);
  box.addEventListener("touchmove", flick, passive);
  box.addEventListener("pointerdown", hold);
  addEventListener("pointerup", up);
  addEventListener("pointercancel", cancelled);
  return () => {
    box.removeEventListener("wheel", soon);
    box.removeEventListener("keydown", soon);
    box.removeEventListener("touchmove", flick);
    box.removeEventListener("pointerdown", hold);
    removeEventListener("pointerup", up);
    removeEventListener("pointercancel", cancelled);
  };
}

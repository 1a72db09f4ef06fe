import { useCallback, useLayoutEffect, useRef, useState } from "react";

const NEAR = 60;

/**
 * Keeps a scroller at its end while the reader is near it. Only the reader's own move away lets go:
 * content that grows never does.
 */
export function useStick() {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const stuck = useRef(true);
  const last = useRef(0);
  const [away, setAway] = useState(false);

  const toEnd = useCallback(() => {
    stuck.current = true;
    setAway(false);
    const box = scroller.current;
    if (box) box.scrollTop = box.scrollHeight;
  }, []);

  const onScroll = useCallback(() => {
    const box = scroller.current;
    if (!box) return;
    const near = box.scrollHeight - box.clientHeight - box.scrollTop <= NEAR;
    const up = box.scrollTop < last.current - 1;
    last.current = box.scrollTop;
    if (near) stuck.current = true;
    else if (up) stuck.current = false;
    setAway(!stuck.current);
  }, []);

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    box.scrollTop = box.scrollHeight;
    const observer = new ResizeObserver(() => {
      if (stuck.current) box.scrollTop = box.scrollHeight;
    });
    observer.observe(box);
    if (content.current) observer.observe(content.current);
    return () => observer.disconnect();
  }, []);

  return { scroller, content, away, toEnd, onScroll };
}

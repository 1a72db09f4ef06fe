import { useCallback, useEffect, useMemo, useState, type RefObject } from "react";
import { FindBar } from "./find-bar";
import { markPlaces, placesWithin, showPlace } from "./found-within";

type Props = { label: string; /** Its lines have `data-text`. */ root: RefObject<HTMLElement | null>; onClose: () => void };

/** Looks for words in lines that are all there, though far out of sight not laid out. */
export function FindWithin({ label, root, onClose }: Props) {
  const [looked, setLooked] = useState("");
  const [chosen, choose] = useState(0);
  const drawn = useDrawn(root);
  const { places, more } = useMemo(() => placesWithin(root.current, looked), [root, looked, drawn]);
  const at = Math.min(chosen, places.length - 1);
  const here = places[at] ?? null;
  const look = useCallback((words: string) => {
    setLooked(words);
    choose(0);
  }, []);
  useEffect(() => markPlaces(places, here), [places, here]);
  useEffect(() => {
    if (here) showPlace(here);
  }, [at, looked, here === null]);
  const close = () => {
    onClose();
    root.current?.querySelector<HTMLElement>("[role=group][tabindex]")?.focus();
  };
  useEscape(root, close);
  return <FindBar label={label} at={at + 1} count={places.length} more={more} onLook={look} onStep={(by) => choose((at + by + places.length) % places.length)} onClose={close} />;
}

/** Counts up when lines come, go or change. */
function useDrawn(root: RefObject<HTMLElement | null>): number {
  const [drawn, setDrawn] = useState(0);
  useEffect(() => {
    if (!root.current) return;
    const isOfLines = ({ target }: MutationRecord) => (target instanceof Element ? target : target.parentElement)?.closest("[role=search]") === null;
    const observer = new MutationObserver((all) => all.some(isOfLines) && setDrawn((n) => n + 1));
    observer.observe(root.current, { childList: true, characterData: true, subtree: true });
    return () => observer.disconnect();
  }, [root]);
  return drawn;
}

/** Also from beside the bar, where nothing nearer takes it. */
function useEscape(root: RefObject<HTMLElement | null>, close: () => void): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== "Escape" || event.defaultPrevented || event.isComposing || document.querySelector("dialog[open]")) return;
      if (event.target !== document.body && !(event.target instanceof Node && root.current?.contains(event.target))) return;
      event.preventDefault();
      close();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });
}

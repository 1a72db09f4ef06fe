import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { Button } from "./button";
import { putBeside } from "./beside";
import css from "./menu.module.css";

export type MenuEntry = { label: string; run: () => void; keys?: string | undefined; icon?: ReactNode; off?: boolean };

type Props = { label: string; at: DOMRect; entries: readonly (MenuEntry | null)[]; onClose: () => void };

/** What can be done with one thing, beside it. `null` is a line between two groups. */
export function Menu({ label, at, entries, onClose }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  const back = useRef(document.activeElement);
  useLayoutEffect(() => {
    const box = panel.current;
    if (!box) return;
    box.showPopover?.();
    putBeside(box, at, "below-start");
    box.querySelector<HTMLElement>("button:not(:disabled)")?.focus();
  }, [at]);
  useEffect(() => {
    const outside = (event: PointerEvent) => {
      if (!panel.current?.contains(event.target as Node)) onClose();
    };
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, [onClose]);
  const shut = () => {
    onClose();
    if (back.current instanceof HTMLElement) back.current.focus();
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      moveFocus(panel.current, step);
    }
    if (event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation();
    shut();
  };
  return (
    <div ref={panel} popover="manual" role="menu" aria-label={label} className={css.menu} onKeyDown={press}>
      {entries.map((entry, index) =>
        entry === null ? (
          <hr key={index} className={css.line} />
        ) : (
          <Button
            key={entry.label}
            role="menuitem"
            look="quiet"
            className={css.item}
            disabled={entry.off}
            onClick={() => {
              shut();
              entry.run();
            }}
          >
            {entry.icon}
            <span className={css.words}>{entry.label}</span>
            {entry.keys && <kbd>{entry.keys}</kbd>}
          </Button>
        ),
      )}
    </div>
  );
}

function moveFocus(panel: HTMLElement | null, step: number) {
  const all = [...(panel?.querySelectorAll<HTMLElement>("button:not(:disabled)") ?? [])];
  const now = all.indexOf(document.activeElement as HTMLElement);
  all[(now + step + all.length) % all.length]?.focus();
}

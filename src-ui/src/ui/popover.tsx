import { useEffect, useId, useLayoutEffect, useRef, useState, type ReactNode } from "react";
import { putBeside, type Place } from "./beside";
import css from "./popover.module.css";

type TriggerProps = {
  "aria-expanded": boolean;
  "aria-controls": string | undefined;
  "aria-haspopup": "dialog";
  onClick: () => void;
};
type Props = {
  trigger: (props: TriggerProps) => ReactNode;
  children: (close: () => void) => ReactNode;
  label: string;
  place?: Place;
};

/** A small panel beside its button. Escape and a press outside close it and focus goes back. */
export function Popover({ trigger, children, label, place = "below-end" }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  useLayoutEffect(() => {
    if (!open) return;
    const put = () => root.current && panel.current && putBeside(panel.current, root.current.getBoundingClientRect(), place);
    // The top layer is clipped by nothing; where the engine has none the panel is fixed all the same.
    panel.current?.showPopover?.();
    put();
    addEventListener("resize", put);
    addEventListener("scroll", put, true);
    return () => {
      removeEventListener("resize", put);
      removeEventListener("scroll", put, true);
    };
  }, [open, place]);
  useEffect(() => {
    if (!open) return;
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(false);
    };
    document.addEventListener("pointerdown", outside);
    focusFirst(root.current);
    return () => document.removeEventListener("pointerdown", outside);
  }, [open]);
  return (
    <div
      ref={root}
      className={css.root}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.stopPropagation();
        // A dialog around it would close too.
        event.preventDefault();
        close();
      }}
    >
      {trigger({
        "aria-expanded": open,
        "aria-controls": open ? id : undefined,
        "aria-haspopup": "dialog",
        onClick: () => setOpen(!open),
      })}
      {open && (
        <div ref={panel} id={id} popover="manual" role="dialog" aria-label={label} className={css.panel}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

function focusFirst(root: HTMLElement | null) {
  const panel = root?.querySelector<HTMLElement>("[role=dialog]");
  const wanted = ["[data-autofocus]", "[aria-checked=true]:not(:disabled)", "input, button:not(:disabled)"];
  for (const selector of wanted) {
    const found = panel?.querySelector<HTMLElement>(selector);
    if (found) return found.focus();
  }
}

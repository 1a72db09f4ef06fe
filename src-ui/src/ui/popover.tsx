import { useEffect, useId, useRef, useState, type ReactNode } from "react";
import { cx } from "./cx";
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
  place?: "below-end" | "below-start" | "above-start";
};

/** A small panel beside its button. Escape and a press outside close it and focus goes back. */
export function Popover({ trigger, children, label, place = "below-end" }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
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
        <div id={id} role="dialog" aria-label={label} className={cx(css.panel, css[place])}>
          {children(close)}
        </div>
      )}
    </div>
  );
}

function focusFirst(root: HTMLElement | null) {
  const panel = root?.querySelector<HTMLElement>("[role=dialog]");
  const first = panel?.querySelector<HTMLElement>("[data-autofocus], input, [aria-checked=true], button:not(:disabled)");
  first?.focus();
}

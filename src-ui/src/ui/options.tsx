import { useEffect, useRef, type MouseEvent, type ReactNode } from "react";
import { cx } from "./cx";
import css from "./options.module.css";

type Props<T> = {
  id: string;
  label: string;
  found: readonly T[];
  /** Which of them the keys stand on. */
  marked: number;
  /** The heading it stands under; `null` where there is none. */
  titleOf: (one: T) => string | null;
  onMark: (at: number) => void;
  onTake: (one: T, event: MouseEvent) => void;
  className?: string | undefined;
  children: (one: T) => ReactNode;
  /** Below all of them: which keys choose. */
  foot?: ReactNode;
};

/** What can be chosen with the keys while they go on writing: the marked one is named by `<id>-<at>`. */
export function Options<T extends { id: string }>({ id, label, found, marked, titleOf, onMark, onTake, className, children, foot }: Props<T>) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView?.({ block: "nearest" });
  }, [marked, found]);
  const titles = [...new Set(found.map(titleOf))];
  return (
    <div ref={list} {...(found.length > 0 && { id, role: "listbox", "aria-label": label, tabIndex: 0 })} className={className}>
      {titles.map((title) => (
        <div key={title ?? ""} role={title === null ? "presentation" : "group"} aria-label={title ?? undefined}>
          {title !== null && (
            <p className={css.group} aria-hidden>
              {title}
            </p>
          )}
          {found.map((one, at) =>
            titleOf(one) !== title ? null : (
              <div
                key={one.id}
                id={`${id}-${at}`}
                role="option"
                aria-selected={at === marked}
                className={cx(css.option, at === marked && css.marked)}
                onPointerMove={() => at !== marked && onMark(at)}
                // The caret stays in the text.
                onPointerDown={(event) => event.preventDefault()}
                onClick={(event) => onTake(one, event)}
              >
                {children(one)}
              </div>
            ),
          )}
        </div>
      ))}
      {foot}
    </div>
  );
}

/** Which keys choose. Where there are none, it says nothing. */
export function OptionKeys({ children, className }: { children: string; className?: string | undefined }) {
  return (
    <p className={cx(css.foot, className)} aria-hidden>
      {children}
    </p>
  );
}

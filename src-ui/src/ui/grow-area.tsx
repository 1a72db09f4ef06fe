import { useLayoutEffect, useRef, type Ref, type TextareaHTMLAttributes } from "react";
import { cx } from "./cx";
import css from "./grow-area.module.css";

type Props = TextareaHTMLAttributes<HTMLTextAreaElement> & { value: string; ref?: Ref<HTMLTextAreaElement> };

/** A text area as tall as its text, up to the limit of its style. */
export function GrowArea({ className, value, ref, rows = 1, ...rest }: Props) {
  const own = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    const area = own.current;
    if (!area) return;
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  }, [value]);
  const both = (area: HTMLTextAreaElement | null) => {
    own.current = area;
    if (typeof ref === "function") ref(area);
    else if (ref) ref.current = area;
  };
  return <textarea ref={both} rows={rows} value={value} className={cx(css.area, className)} {...rest} />;
}

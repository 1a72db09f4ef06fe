import type { ButtonHTMLAttributes, Ref } from "react";
import { cx } from "./cx";
import css from "./button.module.css";

export type Look = "plain" | "primary" | "ghost" | "quiet" | "danger" | "link";

type Props = ButtonHTMLAttributes<HTMLButtonElement> & { look?: Look; square?: boolean; ref?: Ref<HTMLButtonElement> };

/** One that takes focus by itself shows that it has it, whatever opened it. */
export function Button({ look = "plain", square, className, type = "button", ...rest }: Props) {
  return <button type={type} data-first={rest.autoFocus} className={cx(css.button, css[look], square && css.square, className)} {...rest} />;
}

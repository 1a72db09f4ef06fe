import type { InputHTMLAttributes, Ref } from "react";
import { cx } from "./cx";
import css from "./field.module.css";

type Props = InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };

export function Field({ className, ...rest }: Props) {
  return <input className={cx(css.field, className)} {...rest} />;
}

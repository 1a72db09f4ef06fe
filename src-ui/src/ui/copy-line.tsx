import { Check, Copy } from "lucide-react";
import { useId, useRef, useState } from "react";
import { t } from "../messages/t";
import { Button } from "./button";
import { cx } from "./cx";
import css from "./copy-line.module.css";

type Props = { label: string; text: string; /** It is read, not only copied. */ whole?: boolean };

/** One line of text to hand on, with its name and a way to copy it. */
export function CopyLine({ label, text, whole }: Props) {
  const id = useId();
  const line = useRef<HTMLElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      getSelection()?.selectAllChildren(line.current as Node);
    }
  };
  return (
    <div className={css.line}>
      <span id={id} className={css.label}>
        {label}
      </span>
      <div className={css.row}>
        <code ref={line} className={cx(css.text, whole && css.whole)} title={text} aria-labelledby={id}>
          {text}
        </code>
        <Button square aria-label={copied ? t("copy.done") : t("copy.what", { what: label })} onClick={copy}>
          {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
        </Button>
      </div>
    </div>
  );
}

import { Check, Copy } from "lucide-react";
import { useRef, useState, type ReactNode } from "react";
import { t } from "../messages/t";
import css from "./code-block.module.css";

/** Code with a way to copy it. */
export function CodeBlock({ children }: { children: ReactNode }) {
  const pre = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(pre.current?.textContent ?? "");
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      getSelection()?.selectAllChildren(pre.current as Node);
    }
  };
  return (
    <div className={css.block}>
      <pre ref={pre} tabIndex={0}>
        {children}
      </pre>
      <button type="button" className={css.copy} onClick={copy} aria-label={copied ? t("copy.done") : t("copy")}>
        {copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
      </button>
    </div>
  );
}

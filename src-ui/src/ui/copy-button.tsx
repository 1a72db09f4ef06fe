import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { t } from "../messages/t";
import { Button } from "./button";

/** Copies a text that stands elsewhere on the page, or has to be got first; `null` when it can’t be. Where the browser forbids it, it says nothing was copied. */
export function CopyButton({ label, text }: { label: string; text: () => string | Promise<string | null> }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      const found = text();
      // What is here at once is copied within the press, as some browsers want it.
      const words = typeof found === "string" ? found : await found;
      if (words === null) return;
      await navigator.clipboard.writeText(words);
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      setCopied(false);
    }
  };
  return (
    <Button look="quiet" square aria-label={copied ? t("copy.done") : label} title={label} onClick={copy}>
      {copied ? <Check size={13} aria-hidden /> : <Copy size={13} aria-hidden />}
    </Button>
  );
}

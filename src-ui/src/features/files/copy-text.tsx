import { useState } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";

/** Copies a text, and says so in words. */
export function CopyText({ label, text }: { label: string; text: string }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      setTimeout(() => setCopied(false), 1500);
    } catch {
      setCopied(false);
    }
  };
  return <Button onClick={copy}>{copied ? t("copy.done") : label}</Button>;
}

import { X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import css from "./terminal.module.css";

type Props = { /** Whether there is such a place. */ find: (words: string, back: boolean) => boolean; onClose: () => void };

/** Searches what a terminal has shown: Enter goes on, Shift+Enter back. */
export function TerminalFind({ find, onClose }: Props) {
  const field = useRef<HTMLInputElement>(null);
  const [found, setFound] = useState(true);
  useEffect(() => field.current?.focus(), []);
  return (
    <search className={css.find}>
      <input
        ref={field}
        className={css.field}
        aria-label={t("terminal.search")}
        placeholder={t("terminal.search")}
        onChange={(event) => setFound(find(event.currentTarget.value, false))}
        onKeyDown={(event) => {
          if (event.key === "Enter") setFound(find(event.currentTarget.value, event.shiftKey));
          if (event.key === "Escape") {
            event.preventDefault();
            onClose();
          }
        }}
      />
      <span role="status">{!found && t("terminal.nothing_found")}</span>
      <Button look="quiet" square aria-label={t("terminal.search_close")} onClick={onClose}>
        <X size={14} aria-hidden />
      </Button>
    </search>
  );
}

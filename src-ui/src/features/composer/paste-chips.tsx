import { ChevronDown, ClipboardPaste, X } from "lucide-react";
import { useState } from "react";
import { t, tn } from "../../messages/t";
import { Button } from "../../ui/button";
import { cx } from "../../ui/cx";
import type { Pastes } from "./pastes";
import css from "./paste-chips.module.css";

type Props = {
  pastes: Pastes;
  /** Makes one of them part of the written text. */
  onInto: (text: string) => void;
};

/** Long texts that were pasted, each folded into a chip that opens, and that can be left out. */
export function PasteChips({ pastes: { all, remove }, onInto }: Props) {
  const [open, setOpen] = useState<number | null>(null);
  if (all.length === 0) return null;
  const without = (at: number) => {
    setOpen(null);
    remove(at);
  };
  const shown = open === null ? undefined : all[open];
  return (
    <div className={css.pastes}>
      <ul role="list" className={css.chips} aria-label={t("pastes.label")}>
        {all.map((text, at) => (
          <li key={at} className={cx(css.chip, at === open && css.open)}>
            <button
              type="button"
              className={css.show}
              aria-expanded={at === open}
              title={t("pastes.show")}
              onClick={() => setOpen(at === open ? null : at)}
            >
              <ClipboardPaste size={13} aria-hidden />
              <span className={css.begins}>{beginning(text)}</span>
              <small>{tn("pastes.lines", text.split("\n").length)}</small>
              <ChevronDown size={12} aria-hidden />
            </button>
            <Button look="quiet" square className={css.remove} aria-label={t("pastes.remove", { n: at + 1 })} onClick={() => without(at)}>
              <X size={13} aria-hidden />
            </Button>
          </li>
        ))}
      </ul>
      {shown !== undefined && open !== null && (
        <div className={css.whole}>
          <pre tabIndex={0} aria-label={t("pastes.whole", { n: open + 1 })}>
            {shown}
          </pre>
          <Button
            look="link"
            onClick={() => {
              without(open);
              onInto(shown);
            }}
          >
            {t("pastes.into")}
          </Button>
        </div>
      )}
    </div>
  );
}

function beginning(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "")?.trim().slice(0, 80) ?? t("pastes.blank");
}

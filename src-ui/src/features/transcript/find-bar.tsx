import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useState, type KeyboardEvent } from "react";
import { t } from "../../messages/t";
import { Button } from "../../ui/button";
import css from "./find-bar.module.css";

type Props = {
  /** Which one is in sight, from 1; 0 without any. */
  at: number;
  count: number;
  /** There is more further back than was looked through. */
  onOlder: (() => void) | null;
  onLook: (words: string) => void;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
};

/** Between two keys of somebody who types. */
const REST_MS = 120;

/** Looks for words in a transcript: Enter goes to the one before, since a reader starts at the end. */
export function FindBar({ at, count, onOlder, onLook, onStep, onClose }: Props) {
  const [looked, setLooked] = useState("");
  /** The words that the count is of. */
  const [counted, setCounted] = useState("");
  useEffect(() => {
    const look = () => {
      onLook(looked);
      setCounted(looked);
    };
    const timer = setTimeout(look, REST_MS);
    return () => clearTimeout(timer);
  }, [looked, onLook]);
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      onClose();
    }
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onStep(event.shiftKey ? 1 : -1);
  };
  return (
    <div className={css.bar} role="search" aria-label={t("find")}>
      <input
        autoFocus
        type="search"
        aria-label={t("find.words")}
        placeholder={t("find.words")}
        value={looked}
        onChange={(event) => setLooked(event.target.value)}
        onKeyDown={press}
      />
      <span className={css.count} role="status">
        {looked.trim().length < 2 || (count === 0 && counted !== looked) ? "" : count === 0 ? t("find.none") : t("find.of", { at, count })}
      </span>
      {onOlder && looked.trim().length >= 2 && (
        <Button look="link" className={css.older} onClick={onOlder}>
          {t("find.older")}
        </Button>
      )}
      <Button look="quiet" square aria-label={t("find.previous")} disabled={count === 0} onClick={() => onStep(-1)}>
        <ChevronUp size={15} aria-hidden />
      </Button>
      <Button look="quiet" square aria-label={t("find.next")} disabled={count === 0} onClick={() => onStep(1)}>
        <ChevronDown size={15} aria-hidden />
      </Button>
      <Button look="quiet" square aria-label={t("find.close")} onClick={onClose}>
        <X size={15} aria-hidden />
      </Button>
    </div>
  );
}

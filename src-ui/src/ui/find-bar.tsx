import { ChevronDown, ChevronUp, X } from "lucide-react";
import { useEffect, useState, type KeyboardEvent } from "react";
import { t } from "../messages/t";
import { Button } from "./button";
import css from "./find-bar.module.css";

/** What is not loaded yet: to be searched as well, or being so. */
export type Older = { searching: boolean; toggle: () => void };

type Props = {
  /** What is looked through, as a heading of it. */
  label: string;
  /** Enter goes to the one before, where a reader starts at the end. */
  backwards?: boolean;
  /** Which one is in sight, from 1; 0 without any. */
  at: number;
  count: number;
  /** There are others that are not counted. */
  more?: boolean;
  /** There is more further back than was looked through. */
  older?: Older | null;
  onLook: (words: string) => void;
  onStep: (by: 1 | -1) => void;
  onClose: () => void;
};

/** Between two keys of somebody who types. */
const REST_MS = 120;

/** Looks for words in what is shown: Enter goes on, Shift+Enter back, Escape ends it. */
export function FindBar({ label, backwards = false, at, count, more = false, older = null, onLook, onStep, onClose }: Props) {
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
  const short = looked.trim().length < 2;
  const press = (event: KeyboardEvent) => {
    if (event.key === "Escape") {
      event.preventDefault();
      onClose();
    }
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    event.preventDefault();
    onStep(event.shiftKey === backwards ? 1 : -1);
  };
  return (
    <div className={css.bar} role="search" aria-label={label}>
      <input
        autoFocus
        type="search"
        aria-label={label}
        placeholder={label}
        value={looked}
        onChange={(event) => setLooked(event.target.value)}
        onKeyDown={press}
      />
      <span className={css.count} role="status">
        {short || (count === 0 && (counted !== looked || older?.searching)) ? "" : countWords(at, count, more || older !== null)}
      </span>
      {older?.searching && !short && (
        <span className={css.searching} role="status">
          {t("find.searching")}
        </span>
      )}
      {older && !short && (
        <Button look="link" className={css.older} onClick={older.toggle}>
          {t(older.searching ? "find.stop" : "find.older")}
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

/** Of all that there is, or of what was looked through so far. */
function countWords(at: number, count: number, isMore: boolean): string {
  if (count === 0) return t("find.none");
  return t(isMore ? "find.of_more" : "find.of", { at: at.toLocaleString("en"), count: count.toLocaleString("en") });
}

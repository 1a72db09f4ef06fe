import css from "./key-hint.module.css";

/** The key of what it stands in, for the eye; `aria-keyshortcuts` tells it to others. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <kbd className={css.key} aria-hidden>
      {keys}
    </kbd>
  );
}

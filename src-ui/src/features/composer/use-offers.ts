import { useId, useState, type KeyboardEvent } from "react";

export type Offers<T> = {
  id: string;
  found: readonly T[];
  marked: number;
  /** For the text area: which of them the keys stand on. */
  aria: { "aria-autocomplete": "list"; "aria-controls"?: string | undefined; "aria-activedescendant"?: string | undefined };
  mark: (at: number) => void;
  take: (one: T) => void;
  /** True where the key was one of the menu's. */
  press: (event: KeyboardEvent) => boolean;
};

type Given<T> = {
  /** What fits the word that is written; a menu that offers nothing is not there. */
  found: readonly T[];
  /** The text at which it may be sent away; another text brings it back. */
  text: string;
  take: (one: T) => void;
  /** Written out already: Enter is not the menu's. */
  isWritten?: (one: T) => boolean;
};

/** A menu over a text that goes on being written: the arrows mark, Enter and Tab take, Escape sends it away. */
export function useOffers<T>({ found: all, text, take: taken, isWritten }: Given<T>): Offers<T> {
  const [marked, setMarked] = useState(0);
  const [away, setAway] = useState<string | null>(null);
  const id = useId();
  const found = text === away ? [] : all;
  const at = Math.min(marked, found.length - 1);
  const open = found.length > 0;
  const take = (one: T) => {
    setMarked(0);
    taken(one);
  };
  const press = (event: KeyboardEvent): boolean => {
    // 229: an input method has the key, also where it says nothing of composing.
    if (!open || event.nativeEvent.isComposing || event.keyCode === 229) return false;
    const one = found[at];
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp":
        setMarked((at + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
        break;
      case "Escape":
        setAway(text);
        break;
      case "Tab":
      case "Enter":
        if (event.shiftKey || !one || (event.key === "Enter" && isWritten?.(one))) return false;
        take(one);
        break;
      default:
        setMarked(0);
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const list = "list" as const;
  const aria = open ? { "aria-autocomplete": list, "aria-controls": id, "aria-activedescendant": `${id}-${at}` } : { "aria-autocomplete": list };
  return { id, found, marked: at, aria, mark: setMarked, take, press };
}

import { useId, useState, type KeyboardEvent } from "react";
import { slashMatches, slashToken, type SlashEntry } from "./slash";

export type Slash = {
  id: string;
  found: readonly SlashEntry[];
  marked: number;
  /** For the text area: which entry the keys stand on. */
  aria: { "aria-autocomplete": "list"; "aria-controls"?: string | undefined; "aria-activedescendant"?: string | undefined };
  mark: (at: number) => void;
  take: (entry: SlashEntry) => void;
  /** True where the key was one of the menu's. */
  press: (event: KeyboardEvent) => boolean;
};

/** The `/` menu over a text: open while the text is one word that begins with `/` and something fits it. */
export function useSlash(all: readonly SlashEntry[], text: string, setText: (text: string) => void): Slash {
  const [marked, setMarked] = useState(0);
  /** The text at which the menu was sent away; another text brings it back. */
  const [away, setAway] = useState<string | null>(null);
  const id = useId();
  const token = text === away ? null : slashToken(text);
  const found = token === null ? [] : slashMatches(all, token);
  const at = Math.min(marked, found.length - 1);
  const open = found.length > 0;
  const take = (entry: SlashEntry) => {
    setMarked(0);
    setText(entry.run ? "" : `/${entry.name} `);
    entry.run?.();
  };
  const press = (event: KeyboardEvent): boolean => {
    // 229: an input method has the key, also where it says nothing of composing.
    if (!open || event.nativeEvent.isComposing || event.keyCode === 229) return false;
    const entry = found[at];
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
        if (event.shiftKey || !entry) return false;
        // Written out already: Enter sends it.
        if (event.key === "Enter" && !entry.run && entry.name.toLocaleLowerCase() === token) return false;
        take(entry);
        break;
      default:
        setMarked(0);
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const aria = open
    ? { "aria-autocomplete": "list" as const, "aria-controls": id, "aria-activedescendant": `${id}-${at}` }
    : { "aria-autocomplete": "list" as const };
  return { id, found, marked: at, aria, mark: setMarked, take, press };
}

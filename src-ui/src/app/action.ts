import type { Chord } from "../state/keys";

export type ActionGroup = "window" | "tabs" | "panes" | "session";

/** Something that can be done from anywhere: by a key, or from the palette. */
export type Action = {
  id: string;
  group: ActionGroup;
  words: string;
  keys?: Chord | undefined;
  /** Nothing to do it with just now. */
  off?: boolean;
  /** Only by its key: the palette would show nine of them. */
  keyOnly?: boolean;
  /** Not in the palette: it leads there. */
  leadsBack?: boolean;
  run: () => void;
};

/** What may lie over the page. */
export type Overlay = "palette" | "commands" | "shortcuts" | "settings" | "agents" | "new";

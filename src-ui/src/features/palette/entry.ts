import type { DotTone } from "../../ui/dot";

/** One thing to go to or to do. */
export type Entry = {
  id: string;
  group: "session" | "new" | "action" | "setting";
  words: string;
  /** Where it is, or more of what it does. */
  hint?: string | undefined;
  keys?: string | undefined;
  status?: { tone: DotTone; label: string } | undefined;
  run: () => void;
  /** With Mod held. */
  runBeside?: (() => void) | undefined;
};

import { createContext, use } from "react";

/** The comment that the reader wants to see next, and how it says that it is seen. */
export type Jump = {
  wanted: string | null;
  reached: () => void;
  /** Keys go to the editor: when the lines around it come anew, it takes them back, and otherwise takes none away. */
  typing: { current: boolean };
};

export const JumpProvider = createContext<Jump>({ wanted: null, reached: () => undefined, typing: { current: false } });

export function useJump(): Jump {
  return use(JumpProvider);
}

import { createContext, useContext, useState } from "react";

/** What was folded or unfolded by hand, so that rows scrolled out of sight and back stay as they were. */
export const FoldMemory = createContext<Map<string, boolean>>(new Map());

export function useFold(key: string, initial: boolean): [open: boolean, toggle: () => void] {
  const memory = useContext(FoldMemory);
  const [chosen, choose] = useState(memory.get(key));
  const open = chosen ?? initial;
  const toggle = () => {
    memory.set(key, !open);
    choose(!open);
  };
  return [open, toggle];
}

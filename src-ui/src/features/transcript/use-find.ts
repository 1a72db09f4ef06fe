import { useCallback, useEffect, useMemo, useState, type RefObject } from "react";
import type { VirtualizerHandle } from "virtua";
import { useFinding, useReader } from "../../state/finding";
import { markWords } from "../../ui/mark-words";
import { foundIn } from "./found";
import type { Row } from "./rows";
import { useFurther, type Pages } from "./use-further";

type Given = {
  session: string;
  rows: readonly Row[];
  list: RefObject<VirtualizerHandle | null>;
  content: RefObject<HTMLElement | null>;
  /** Looking elsewhere must not be undone by what comes at the end. */
  letGo: () => void;
  older: Pages;
};

/** Words that are looked for in a transcript, and which of the rows that have them is in sight: the newest first. */
export function useFind({ session, rows, list, content, letGo, older }: Given) {
  const [open, close] = useFinding(session);
  useReader(session, true);
  const [looked, setLooked] = useState("");
  const [chosen, setChosen] = useState<string | null>(null);
  const look = useCallback((words: string) => {
    setLooked(words);
    setChosen(null);
  }, []);
  const found = useMemo(() => (open ? foundIn(rows, looked) : []), [open, rows, looked]);
  const known = found.findIndex((row) => rows[row]?.id === chosen);
  const at = known >= 0 ? known : found.length - 1;
  const further = useFurther(open, older);
  const row = found[at] ?? null;
  const id = row === null ? null : (rows[row]?.id ?? null);
  useEffect(() => {
    if (row === null || id === null) return;
    letGo();
    list.current?.scrollToIndex(row, { align: "center" });
    // By its id: an older page in front moves every row, and nobody.
  }, [id, looked]);
  useEffect(() => {
    if (!open) return;
    markWords(content.current, looked);
    return () => markWords(null, "");
  });
  return {
    open,
    at: at + 1,
    count: found.length,
    marked: open ? id : null,
    older: further,
    look,
    step: (by: 1 | -1) => {
      const next = found[(at + by + found.length) % found.length];
      setChosen(next === undefined ? null : (rows[next]?.id ?? null));
    },
    close,
  };
}

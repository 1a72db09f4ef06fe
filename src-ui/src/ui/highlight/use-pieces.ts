import { useEffect, useState } from "react";
import { highlighter } from "./highlighter";
import type { Piece } from "./tone";

/** While an agent writes, code comes many times a second. */
const REST_MS = 120;

/** The newest colours that are known, and of which code: it may have become another since. */
export function usePieces(language: string, code: string): { code: string; pieces: readonly Piece[] } {
  const [seen, setSeen] = useState<{ code: string; pieces: readonly Piece[] }>(() => ({ code, pieces: highlighter.recall(language, code) ?? [] }));
  useEffect(() => {
    let wanted = true;
    const ask = () => highlighter.ask(language, code).then((pieces) => wanted && pieces && setSeen({ code, pieces }));
    const timer = setTimeout(() => void ask(), REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [language, code]);
  return seen;
}

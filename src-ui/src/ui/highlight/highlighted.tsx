import { useEffect, useState } from "react";
import { highlighter } from "./highlighter";
import type { Piece } from "./tone";
import css from "./highlight.module.css";

type Props = { language: string; code: string };

/** While an agent writes, code comes many times a second. */
const REST_MS = 120;

/** Code with its colours, once they are known. What has grown since keeps the colours of its beginning. */
export function Highlighted({ language, code }: Props) {
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
  const fits = seen.pieces.length > 0 && code.startsWith(seen.code);
  return (
    <code>
      {fits && seen.pieces.map(([tone, text], index) => (tone === null ? text : <span key={index} className={css[tone]}>{text}</span>))}
      {fits ? code.slice(seen.code.length) : code}
    </code>
  );
}

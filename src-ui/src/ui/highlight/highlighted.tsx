import { usePieces } from "./use-pieces";
import css from "./highlight.module.css";

type Props = { language: string; code: string };

/** Code with its colours, once they are known. What has grown since keeps the colours of its beginning. */
export function Highlighted({ language, code }: Props) {
  const seen = usePieces(language, code);
  const fits = seen.pieces.length > 0 && code.startsWith(seen.code);
  return (
    <code>
      {fits && seen.pieces.map(([tone, text], index) => (tone === null ? text : <span key={index} className={css[tone]}>{text}</span>))}
      {fits ? code.slice(seen.code.length) : code}
    </code>
  );
}

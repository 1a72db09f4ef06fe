import { memo, useMemo } from "react";
import { cx } from "../cx";
import type { Piece } from "./tone";
import { usePieces } from "./use-pieces";
import css from "./highlight.module.css";
import own from "./code-lines.module.css";

/** Lines that are laid out, or left out of sight, together. */
const BLOCK = 100;

type Line = readonly Piece[];
type Props = { language: string; code: string; wrap: boolean };

/** A whole file line by line, with its numbers, and its colours once they are known. What is far out of sight is not laid out. */
export function CodeLines({ language, code, wrap }: Props) {
  const seen = usePieces(language, code);
  const fits = seen.pieces.length > 0 && seen.code === code;
  const blocks = useMemo(() => inBlocks(linesOf(fits ? seen.pieces : [[null, code]])), [fits, seen, code]);
  const digits = String(blocks.length * BLOCK).length;
  return (
    <div className={cx(own.lines, wrap && own.wrapped)} style={{ "--digits": digits } as React.CSSProperties}>
      {blocks.map((lines, at) => (
        <Block key={at} lines={lines} from={at * BLOCK + 1} />
      ))}
    </div>
  );
}

const Block = memo(function Block({ lines, from }: { lines: readonly Line[]; from: number }) {
  return (
    <div className={own.block} style={{ containIntrinsicBlockSize: `auto ${lines.length * 1.6}em` }}>
      {lines.map((line, at) => (
        <div key={at} className={own.line}>
          <span className={own.number} data-number={from + at} aria-hidden />
          <code className={own.text} data-text>
            {line.map(([tone, text], index) => (tone === null ? text : <span key={index} className={css[tone]}>{text}</span>))}
            {line.length === 0 && "\n"}
          </code>
        </div>
      ))}
    </div>
  );
});

/** A line feed at the end begins no further line. */
function linesOf(pieces: readonly Piece[]): Line[] {
  const lines: Piece[][] = [[]];
  for (const [tone, text] of pieces) {
    text.split("\n").forEach((part, index) => {
      if (index > 0) lines.push([]);
      if (part !== "") lines.at(-1)?.push([tone, part]);
    });
  }
  if (lines.length > 1 && lines.at(-1)?.length === 0) lines.pop();
  return lines;
}

function inBlocks(lines: readonly Line[]): (readonly Line[])[] {
  return Array.from({ length: Math.ceil(lines.length / BLOCK) }, (_, at) => lines.slice(at * BLOCK, (at + 1) * BLOCK));
}

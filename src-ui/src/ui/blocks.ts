const FENCE = /^ {0,3}(`{3,}|~{3,})/;
/** A line that goes on with the block before the blank line: list items, indented text, quotes, tables, definitions. */
const GOES_ON = /^(\s|[-*+>|]|\d+[.)]|\[[^\]]+\]:)/;

/**
 * Cuts Markdown where a blank line ends a block, so that while text streams in only its last block
 * is parsed again. Joined by blank lines the blocks are the text.
 */
export function blocks(text: string): string[] {
  const out: string[] = [];
  let block: string[] = [];
  let fence: string | null = null;
  let blank = false;
  for (const line of text.split("\n")) {
    if (fence === null && blank && line.trim() !== "" && !GOES_ON.test(line)) {
      out.push(block.join("\n").trimEnd());
      block = [];
    }
    fence = fenceAfter(fence, line);
    blank = line.trim() === "";
    if (!(blank && block.length === 0)) block.push(line);
  }
  const last = block.join("\n");
  if (last.trim() !== "") out.push(last);
  return out;
}

function fenceAfter(open: string | null, line: string): string | null {
  const mark = FENCE.exec(line)?.[1];
  if (mark === undefined) return open;
  if (open === null) return mark;
  const closes = mark[0] === open[0] && mark.length >= open.length && line.trim() === mark;
  return closes ? null : open;
}

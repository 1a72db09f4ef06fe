export type DiffLine = { kind: "add" | "del" | "ctx" | "hunk"; text: string };

/** The lines of unified hunks without file headers. */
export function unified(text: string): DiffLine[] {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  return lines.filter((line) => !line.startsWith("\\")).map(lineOf);
}

function lineOf(line: string): DiffLine {
  if (line.startsWith("@@")) return { kind: "hunk", text: line };
  if (line.startsWith("+")) return { kind: "add", text: line.slice(1) };
  if (line.startsWith("-")) return { kind: "del", text: line.slice(1) };
  return { kind: "ctx", text: line.startsWith(" ") ? line.slice(1) : line };
}

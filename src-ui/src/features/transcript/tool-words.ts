import type { ToolCall } from "../../gen/ToolCall";

/** Verbs that agents put before the thing, and names of tools that they put in its place. */
const SAID_TWICE: Partial<Record<ToolCall["kind"], RegExp>> = {
  read: /^(reading|read|viewing|view|opening|open)( file)?(:?\s+|:?$)/i,
  edit: /^(editing|edited|edit|writing|wrote|write|updating|update|creating|create)( file)?(:?\s+|:?$)/i,
  delete: /^(deleting|delete|removing|remove)( file)?(:?\s+|:?$)/i,
  move: /^(moving|move|renaming|rename)( file)?(:?\s+|:?$)/i,
  search: /^(searching|search|find|grep|glob)( for)?(:?\s+|:?$)/i,
  execute: /^((running|run|executing|execute)(:?\s+|:?$)|(bash|shell|terminal|run_shell_command)$)/i,
  fetch: /^(fetching|fetch|webfetch)(:?\s+|:?$)/i,
};

export type ToolWords = {
  /** The title needs the row's verb before it; a sentence does not. */
  verb: boolean;
  /** A path, a command, a pattern, or the sentence. Empty when nothing is known. */
  thing: string;
};

/** One call in one line that says nothing twice: `Read` + `src/greet.js` for `Read src/greet.js`. */
export function toolWords(call: ToolCall): ToolWords {
  const title = bare(call.title);
  const strip = SAID_TWICE[call.kind];
  if (strip === undefined) return { verb: title !== "" && !/\s/.test(title), thing: title };
  const thing = bare(title.replace(strip, ""));
  return { verb: true, thing: thing || call.paths[0] || commandOf(call) || title };
}

function bare(text: string): string {
  return text.trim().replace(/^`([^`]+)`$/, "$1");
}

function commandOf({ kind, input }: ToolCall): string {
  if (kind !== "execute") return "";
  try {
    const command: unknown = (JSON.parse(input.text) as { command?: unknown } | null)?.command;
    return typeof command === "string" ? (command.split("\n")[0] ?? "") : "";
  } catch {
    return "";
  }
}

/** The word at the caret while it begins with `@`: what follows the sign, and where the word stands. */
export type Mention = { query: string; from: number; to: number };

/** An address of mail is none: before the sign stands nothing, white space or an opening bracket. */
export function mentionAt(text: string, caret: number): Mention | null {
  const found = /(?:^|[\s([{"'])@(\S*)$/.exec(text.slice(0, caret));
  if (!found) return null;
  const query = found[1] ?? "";
  const rest = /^\S*/.exec(text.slice(caret))?.[0] ?? "";
  return { query: query + rest, from: caret - query.length - 1, to: caret + rest.length };
}

/** The text with this path in place of the word, and where the caret goes on. */
export function mentioned(text: string, { from, to }: Mention, path: string): { text: string; caret: number } {
  const word = `@${path}`;
  const after = text.slice(to);
  const space = /^\s/.test(after) ? "" : " ";
  return { text: text.slice(0, from) + word + space + after, caret: from + word.length + 1 };
}

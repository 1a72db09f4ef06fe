import { t } from "../messages/t";
import type { LineComment, Lines } from "./line-comments";

/** Which lines, and of which side. */
export function linesWords({ side, from, to }: Pick<Lines, "side" | "from" | "to">): string {
  return from === to ? t(`comments.line.${side}`, { n: from }) : t(`comments.lines.${side}`, { from, to });
}

/** In the order in which a reader of the changes meets them. */
export function inOrder(comments: readonly LineComment[]): LineComment[] {
  return comments.toSorted((a, b) => compare(a.path, b.path) || a.from - b.from || a.to - b.to || compare(a.side, b.side));
}

/** What goes out behind a prompt's text: each file, and in it the lines, what they say, and the comment. */
export function commentBlock(comments: readonly LineComment[]): string {
  if (comments.length === 0) return "";
  const parts = inOrder(comments).flatMap((one, at, all) => {
    const said = [`${linesWords(one)}:`, ...one.texts.map((text) => `> ${text}`), one.text].join("\n");
    return all[at - 1]?.path === one.path ? [said] : [one.path, said];
  });
  return [t("comments.block"), ...parts].join("\n\n");
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

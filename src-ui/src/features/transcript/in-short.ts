const MOST = 200;

/** The first sentence of what an agent wrote, as it is said: without marks of Markdown, code or addresses. */
export function inShort(markdown: string): string {
  const plain = markdown
    .replace(/^(```|~~~)[^\n]*\n[\s\S]*?(^\1|$(?![\s\S]))/gm, " ")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replace(/^[ \t]*(#{1,6}|>|[-*+]|\d+\.)[ \t]+/gm, "")
    .replace(/[*`|]|__|~~/g, "")
    .replace(/\s+/g, " ")
    .trim();
  const sentence = /^.*?[.!?:](?=\s|$)/.exec(plain)?.[0] ?? plain;
  return sentence.length <= MOST ? sentence : `${sentence.slice(0, MOST).replace(/\s+\S*$/, "")}…`;
}

/** What a piece of code is, as far as a colour tells it. */
export type Tone = "keyword" | "string" | "comment" | "number" | "name" | "type" | "meta";
/** A piece of code in order; all pieces together are the code. */
export type Piece = readonly [tone: Tone | null, text: string];
export type Asked = { id: number; language: string; code: string };
export type Told = { id: number; pieces: readonly Piece[] | null };

const TONES: Record<string, Tone> = {
  keyword: "keyword",
  built_in: "type",
  type: "type",
  class: "type",
  literal: "number",
  number: "number",
  symbol: "number",
  string: "string",
  regexp: "string",
  addition: "string",
  comment: "comment",
  quote: "comment",
  title: "name",
  section: "name",
  function: "name",
  name: "keyword",
  "selector-tag": "keyword",
  attr: "name",
  attribute: "name",
  property: "name",
  variable: "type",
  "template-variable": "type",
  meta: "meta",
  doctag: "meta",
  deletion: "meta",
};

/** Of the classes that a highlighter gives: `hljs-title function_` is a name. */
export function toneOfClass(classes: readonly string[]): Tone | null {
  for (const one of classes) {
    const tone = TONES[one.replace(/^hljs-/, "")];
    if (tone) return tone;
  }
  return null;
}

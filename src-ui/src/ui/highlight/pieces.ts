import { common, createLowlight } from "lowlight";
import { toneOfClass, type Piece, type Tone } from "./tone";

const lowlight = createLowlight(common);

type Node = ReturnType<typeof lowlight.highlight>["children"][number];

/** The code in coloured pieces; `null` for a language that nobody here knows. */
export function piecesOf(language: string, code: string): Piece[] | null {
  if (!lowlight.registered(language)) return null;
  const pieces: Piece[] = [];
  const walk = (node: Node, around: Tone | null): void => {
    if (node.type === "text") return add(pieces, around, node.value);
    if (node.type !== "element") return;
    const classes = node.properties.className;
    const tone = Array.isArray(classes) ? toneOfClass(classes.map(String)) : null;
    for (const child of node.children) walk(child as Node, tone ?? around);
  };
  for (const child of lowlight.highlight(language, code).children) walk(child, null);
  return pieces;
}

/** Neighbours of one tone are one piece: fewer nodes to draw. */
function add(pieces: Piece[], tone: Tone | null, text: string): void {
  const last = pieces.at(-1);
  if (last?.[0] === tone) pieces[pieces.length - 1] = [tone, last[1] + text];
  else pieces.push([tone, text]);
}

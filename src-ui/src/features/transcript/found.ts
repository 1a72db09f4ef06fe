import type { Item } from "../../replica/types";
import type { Row } from "./rows";

/** Places in `rows` whose words hold what is looked for, oldest first; none for less than two letters. */
export function foundIn(rows: readonly Row[], looked: string): number[] {
  const words = looked.trim().toLowerCase();
  if (words.length < 2) return [];
  return rows.flatMap((row, at) => (wordsOf(row).some((text) => text.includes(words)) ? [at] : []));
}

/** In small letters; an item's words are made small once, since each key goes through all of them. */
const small = new WeakMap<Item, string[]>();

function smallWordsOf(item: Item): string[] {
  const known = small.get(item);
  if (known) return known;
  const words = wordsOfItem(item).map((text) => text.toLowerCase());
  small.set(item, words);
  return words;
}

function wordsOf(row: Row): string[] {
  switch (row.kind) {
    case "item":
      return smallWordsOf(row.item);
    case "tools":
      return row.tools.flatMap(smallWordsOf);
    case "joined":
    case "rewound":
      return [];
  }
}

function wordsOfItem(item: Item): string[] {
  if (item.takenBack) return [];
  switch (item.kind) {
    case "prompt":
      return [item.text];
    case "message":
    case "thought":
      return [item.text.text];
    case "tool":
      return [item.call.title, ...item.call.paths, item.call.input.text, item.output?.text ?? "", ...item.diffs.map(({ unified }) => unified.text)];
    case "plan":
      return [item.plan.text];
    case "question":
      return [item.asked.text];
    case "permission":
      return [item.request.title];
    case "suggestion":
    case "tasks":
    case "turn_end":
    case "turn_kept":
    case "rewound":
    case "notice":
      return [];
  }
}

import { describe, expect, it } from "vitest";
import type { Item } from "../../replica/types";
import { stretches } from "./rewound";

type Act = "turn" | number;

/** Every way to take turns and to go back to one of those that stand, in so many steps. */
function* stories(steps: number, standing = 0): Generator<Act[]> {
  if (steps === 0) return yield [];
  for (const rest of stories(steps - 1, standing + 1)) yield ["turn", ...rest];
  for (let nth = 0; nth < standing; nth++) for (const rest of stories(steps - 1, nth)) yield [nth, ...rest];
}

const prompt = (seq: number): Item => ({ kind: "prompt", id: `p${seq}`, seq, turn: `t${seq}` }) as unknown as Item;
const rewound = (seq: number, from: number): Item => ({ kind: "rewound", id: `r${seq}`, seq, from }) as unknown as Item;
const stands = (items: readonly Item[]) => stretches(items).flatMap(({ item, gone }) => (gone ? [] : [item.id]));

describe("a conversation that is taken back", () => {
  it("WS17 stands as it stood before that turn, however often it is done, and nothing is lost from sight", () => {
    let told = 0;
    for (const story of stories(7)) {
      const items: Item[] = [];
      const before: { seq: number; stood: string[] }[] = [];
      for (const act of story) {
        const seq = items.length + 1;
        if (act === "turn") {
          before.push({ seq, stood: stands(items) });
          items.push(prompt(seq));
        } else {
          const back = before[act]!;
          items.push(rewound(seq, back.seq));
          before.length = act;
          expect(stands(items)).toEqual(back.stood);
        }
      }
      const shown = stretches(items).flatMap(({ item, gone }) => [...(gone ?? []), item]);
      expect(shown.map(({ id }) => id)).toEqual(items.map(({ id }) => id));
      told++;
    }
    expect(told).toBeGreaterThan(100);
  });
});

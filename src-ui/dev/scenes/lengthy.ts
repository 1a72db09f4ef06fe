import { DIRECTORY } from "../directory";
import { closed, joined, said, taken, type Said } from "../events";
import { ADA, AGENTS, welcome } from "../people";
import { snapshot, turn, view } from "../room";
import { logged, type Scene } from "../scene";

const TURNS = 200;
const SHOWN = 120;

const told = Array.from({ length: TURNS }, (_, n) => n).flatMap((n): Said[] => [
  ...taken(`h${n}`, 9000 - n * 40, n % 2 ? "bea" : "ada", `Question ${n} of a long history`),
  said(`h${n}`, 8990 - n * 40, `Answer ${n}. ${"It goes on for a while. ".repeat((n * 7) % 30)}`),
  closed(`h${n}`, 8980 - n * 40, { kind: "completed" }),
]);
const all = logged([...joined(), ...told, ...taken("t1", 20, "ada", "Tell me a long story.")]);

/** Older pages to scroll up to, and text that streams in at the end. */
const long: Scene = {
  session: "s1",
  link: [{ kind: "live", welcome: welcome(ADA) }],
  directory: DIRECTORY,
  agents: AGENTS,
  older: all.slice(0, -SHOWN),
  snapshot: snapshot(view(ADA, { stop: true, queue: true, steer: true }, { turn: turn(ADA) }), all.slice(-SHOWN), { whole: false }),
  streams: {
    turn: "t1",
    item: "story",
    words: Array.from({ length: 400 }, (_, n) => (n % 25 === 24 ? "end of a paragraph.\n\n" : `word${n} `)),
  },
};

export const lengthy: Record<string, Scene> = { long };

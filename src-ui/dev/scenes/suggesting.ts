import { DIRECTORY } from "../directory";
import { earlier, type Said } from "../events";
import { ADA, AGENTS, DANA, GUEST, welcome } from "../people";
import { snapshot, suggested, turn, view } from "../room";
import { logged, NOW, type Scene } from "../scene";

const base = { session: "s1", directory: DIRECTORY, agents: AGENTS };
const LONG = "Before you go on: does the cache in front of the session store still hold the old column? If it does, a rotation would be seen only after its time to live has passed.";

const made: Said[] = [
  [20, { type: "suggestion_made", suggestion: "g0", author: "dana", body: { text: "Rename the module" }, ceiling: "ask" }, "dana"],
  [16, { type: "suggestion_dropped", suggestion: "g0", by: "ada", reason: { kind: "declined", words: "It keeps its name." } }, "ada"],
  [9, { type: "suggestion_made", suggestion: "g1", author: "dana", body: { text: LONG }, ceiling: "ask" }, "dana"],
];
const yours = { you_may_edit: true, you_may_accept: true, you_may_drop: true };

const suggestions: Scene = {
  ...base,
  link: [{ kind: "live", welcome: welcome(ADA) }],
  snapshot: snapshot(
    view(ADA, { queue: true, stop: true, hand_over: true, steer: true }, {
      turn: turn(ADA, { asked_to_drive: ["chen"] }),
      suggestions: [suggested("g1", { ...yours, body: { text: LONG } }), suggested("g2", { ...yours, body: { text: "Write the release note too" } })],
    }),
    logged([...earlier(NOW), ...made]),
  ),
};

/** Dana may suggest and no more. */
const suggesting: Scene = {
  ...base,
  link: [{ kind: "live", welcome: welcome(DANA) }],
  snapshot: snapshot(
    view(GUEST, { suggest: true }, {
      suggestions: [suggested("g1", { you_may_edit: true, you_may_drop: true, body: { text: LONG } })],
    }),
    logged([...earlier(NOW), ...made]),
  ),
};

export const suggestionScenes: Record<string, Scene> = { suggestions, suggesting };

import type { BallotView } from "../../src/gen/BallotView";
import { DIRECTORY } from "../directory";
import { earlier, PLAN, type Said } from "../events";
import { ADA, AGENTS, BEA, CHEN, DANA, welcome } from "../people";
import { snapshot, turn, view } from "../room";
import { logged, long, NOW, type Scene } from "../scene";

const electorate = { kind: "everyone" as const, voters: ["bea", "chen", "ada"] };

const opened: Said[] = [
  [40, { type: "ballot_opened", ballot: "b1", turn: "t1", plan: long(PLAN), plan_hash: "f".repeat(64), electorate }],
  [30, { type: "vote_cast", ballot: "b1", person: "bea", choice: { kind: "approve" } }, "bea"],
  [12, { type: "vote_cast", ballot: "b1", person: "chen", choice: { kind: "approve" } }, "chen"],
];

const ballot: BallotView = {
  ballot: "b1",
  turn: "t1",
  plan: long(PLAN),
  plan_hash: "f".repeat(64),
  electorate,
  voters: [
    { person: "bea", choice: { kind: "approve" }, away: false },
    { person: "chen", choice: { kind: "approve" }, away: false },
    { person: "ada", choice: null, away: false },
  ],
  opened_at: NOW - 40_000,
  you_may: true,
  you_may_override: true,
  waiting_for: [],
};

const awaiting = turn(BEA, { phase: "awaiting", waiting_on: ["votes"] });
const queue = {
  held: false,
  items: [
    { prompt: "q1", author: "chen", driver: null, origin: { kind: "human" as const }, body: { text: "also rename the metrics" }, state: { kind: "waiting" as const }, at: NOW - 5000, yours: true, you_may_remove: true },
  ],
};

const vote: Scene = {
  session: "s1",
  link: [{ kind: "live", welcome: welcome(ADA) }],
  directory: DIRECTORY,
  agents: AGENTS,
  snapshot: snapshot(
    view(ADA, { queue: true, stop: true, take_lock: true, steer: true }, { turn: awaiting, ballots: [ballot], queue }),
    logged([...earlier(NOW), ...opened]),
  ),
  then: [{ method: "signal", params: { stream: "session:s1", signal: { kind: "typing", person: "chen" } } }],
};

/** Dana came late: she sees the votes and no buttons. */
const observer: Scene = {
  ...vote,
  link: [{ kind: "live", welcome: welcome(DANA) }],
  snapshot: snapshot(
    view(DANA, {}, { turn: awaiting, queue, ballots: [{ ...ballot, you_may: false, you_may_override: false }] }),
    logged([...earlier(NOW), ...opened]),
  ),
};

/** Bea is away: the owner may go on without her. */
const absent: Scene = {
  ...vote,
  snapshot: snapshot(
    view(
      ADA,
      { queue: true, stop: true, take_lock: true, steer: true },
      {
        turn: turn(CHEN, { phase: "awaiting", waiting_on: ["votes"] }),
        roster: [ADA, { ...BEA, presence: { kind: "away", until: NOW + 4000 } }, CHEN, DANA],
        ballots: [
          {
            ...ballot,
            voters: [
              { person: "bea", choice: null, away: true },
              { person: "chen", choice: { kind: "deny", reason: "Keep the old column." }, away: false },
              { person: "ada", choice: { kind: "approve" }, away: false },
            ],
            waiting_for: ["bea"],
          },
        ],
      },
    ),
    logged([...earlier(NOW), ...opened.slice(0, 1)]),
  ),
};

const settled: Said[] = [
  [9, { type: "vote_cast", ballot: "b1", person: "ada", choice: { kind: "approve" } }, "ada"],
  [9, { type: "ballot_closed", ballot: "b1", outcome: { kind: "approved" } }],
];

export const approved: Said[] = [...opened, ...settled];

export const ballots: Record<string, Scene> = { vote, observer, absent };

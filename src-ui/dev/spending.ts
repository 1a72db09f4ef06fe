import type { Reply } from "../src/gen/Reply";
import type { SessionSpending } from "../src/gen/SessionSpending";
import type { Spent } from "../src/gen/Spent";

type UsageReply = Extract<Reply, { kind: "usage" }>;

const people = [
  { person: "ada", name: "Ada" },
  { person: "bea", name: "Bea" },
  { person: "chen", name: "Chen" },
];

const first: SessionSpending = {
  session: "s1",
  spending: {
    spent: [spent("ada", "opencode", 1, 6_100, 100, 12_000), spent("bea", "claude-code", 2, 30_000, 2_000, 398_000)],
    tools: [
      { kind: "read", calls: 4, failed: 0 },
      { kind: "execute", calls: 7, failed: 2 },
    ],
  },
};

const second: SessionSpending = { session: "s2", spending: { spent: [spent("chen", "rehearsal", 5, 900, 80, 0)], tools: [] } };

/** What a host says of a session, of all of them, and to a guest whose share is spent. */
export const SPENT: UsageReply = { kind: "usage", sessions: [first], people, allowance: null };
export const SPENT_BY_ALL: UsageReply = { ...SPENT, sessions: [first, second] };
export const LIMITED: UsageReply = {
  ...SPENT,
  allowance: { budget: { tokens: 200_000, cost_micros: null }, together: false, taken: { input_tokens: 205_000, output_tokens: 5_000, cost_micros: 0, context_used: 0, context_size: 0 } },
};

function spent(person: string, agent: string, turns: number, input_tokens: number, output_tokens: number, cost_micros: number): Spent {
  return { person, agent, turns, usage: { input_tokens, output_tokens, cost_micros, context_used: 0, context_size: 0 } };
}

import type { SessionSpending } from "../../gen/SessionSpending";
import type { ToolUse } from "../../gen/ToolUse";

/** One row of a table: what the turns took that have this in common. */
export type Sum = { key: string; turns: number; input: number; output: number; cost: number };

type By = (spent: SessionSpending["spending"]["spent"][number], session: string) => string;

/** The dearest first: by money, and by tokens where no money was told. */
export function sumBy(sessions: readonly SessionSpending[], by: By): Sum[] {
  const sums = new Map<string, Sum>();
  for (const { session, spending } of sessions)
    for (const spent of spending.spent) {
      const key = by(spent, session);
      const known = sums.get(key) ?? { key, turns: 0, input: 0, output: 0, cost: 0 };
      sums.set(key, {
        key,
        turns: known.turns + spent.turns,
        input: known.input + spent.usage.input_tokens,
        output: known.output + spent.usage.output_tokens,
        cost: known.cost + spent.usage.cost_micros,
      });
    }
  return [...sums.values()].sort((a, b) => b.cost - a.cost || b.input + b.output - (a.input + a.output));
}

/** The most used first. */
export function toolsOf(sessions: readonly SessionSpending[]): ToolUse[] {
  const sums = new Map<string, ToolUse>();
  for (const { spending } of sessions)
    for (const { kind, calls, failed } of spending.tools) {
      const known = sums.get(kind);
      sums.set(kind, { kind, calls: calls + (known?.calls ?? 0), failed: failed + (known?.failed ?? 0) });
    }
  return [...sums.values()].sort((a, b) => b.calls - a.calls);
}

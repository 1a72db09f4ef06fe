import type { LoggedEvent } from "../gen/LoggedEvent";

const nothing = { text: "", bytes: 0 };

/** What is left of each field that holds words, whatever the event. Ids, people and outcomes stay. */
const WORDLESS: Record<string, (value: never) => unknown> = {
  answers: () => ({}),
  asked: () => ({ text: "", fields: [] }),
  body: () => ({ text: "" }),
  call: ({ kind }: { kind: string }) => ({ kind, title: "", input: nothing, paths: [] }),
  choice: (choice: object) => ("reason" in choice ? { ...choice, reason: "" } : choice),
  deed: (deed: object) => ("message" in deed ? { ...deed, message: "" } : deed),
  detail: () => "",
  diffs: () => [],
  outcome: (outcome: object) => ({ ...outcome, ...("reason" in outcome && { reason: "" }), ...("detail" in outcome && { detail: "" }) }),
  output: () => nothing,
  plan: () => nothing,
  plan_hash: () => "",
  reason: (reason: string | object) => (typeof reason === "string" ? "" : { ...reason, words: null }),
  request: ({ command: _, ...kept }: { command?: string }) => ({ ...kept, tool: "", title: "", directory: "", diffs: [] }),
  tasks: () => [],
  text: () => nothing,
};

/**
 * The owner took back what was said in some of these events (LO11). The host gives tombstones from then
 * on; this makes the same of what was loaded before.
 */
export function redacted(log: readonly LoggedEvent[]): readonly LoggedEvent[] {
  const taken = new Set(log.flatMap(({ event }) => seqsOf(event)));
  if (taken.size === 0) return log;
  return log.map((logged) => (taken.has(logged.seq) && logged.event["redacted"] !== true ? bury(logged) : logged));
}

export function takesBack({ event }: LoggedEvent): boolean {
  return seqsOf(event).length > 0;
}

function seqsOf(event: LoggedEvent["event"]): number[] {
  const seqs = event.type === "redacted" ? event["seqs"] : [];
  return Array.isArray(seqs) ? (seqs as number[]) : [];
}

function bury(logged: LoggedEvent): LoggedEvent {
  const fields = Object.entries(logged.event).map(([name, value]) => {
    const wordless = Object.hasOwn(WORDLESS, name) ? WORDLESS[name] : undefined;
    return [name, wordless ? wordless(value as never) : value];
  });
  return { ...logged, event: { ...(Object.fromEntries(fields) as LoggedEvent["event"]), redacted: true } };
}

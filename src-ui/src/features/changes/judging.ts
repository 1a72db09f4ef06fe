import { createContext, use } from "react";
import type { ChangePicks } from "../../gen/ChangePicks";
import type { Makers } from "../../gen/Makers";
import type { Person } from "../../state/people";

/** What whoever may approve does with some of the changes; each asks first. */
export type Verbs = { approve: (picks: ChangePicks) => void; reject: (picks: ChangePicks) => void };

/** What all parts of the page need to tell whose work a change is, and to decide about it. */
export type Judging = {
  who: (person: string) => Person;
  makers: Makers | null;
  /** Ids of files whose removed lines have the numbers that makers know. */
  sinceBase: ReadonlySet<string>;
  /** `null` for whoever may not, and where there is nothing to decide about. */
  verbs: Verbs | null;
};

export const JudgingProvider = createContext<Judging>({
  who: (id) => ({ id, name: id, colour: 11 }),
  makers: null,
  sinceBase: new Set(),
  verbs: null,
});

export function useJudging(): Judging {
  return use(JudgingProvider);
}

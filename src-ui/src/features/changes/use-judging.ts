import { useMemo, useState } from "react";
import type { ChangePicks } from "../../gen/ChangePicks";
import type { Changes } from "../../gen/Changes";
import type { ChangesSince } from "../../gen/ChangesSince";
import type { Reply } from "../../gen/Reply";
import type { WorkCommit } from "../../gen/WorkCommit";
import { personOf } from "../../state/people";
import { mayApprove, type Here } from "../../state/rights-in";
import type { Judging } from "./judging";

export type Deciding = { what: "approve" | "reject"; picks: ChangePicks } | { what: "apply" } | { what: "revert"; commit: WorkCommit };

type Given = {
  here: Here;
  since: ChangesSince;
  changes: Changes | null;
  sinceBase: ReadonlySet<string>;
  makers: Extract<Reply, { kind: "makers" }> | null;
  work: Extract<Reply, { kind: "work" }> | null;
};

/** What the page knows of makers, and what this person may decide; `deciding` is what they are asked about. */
export function useJudging({ here, since, changes, sinceBase, makers, work }: Given) {
  const [deciding, decide] = useState<Deciding | null>(null);
  const { owner, rights, room } = here;
  const judges = owner || mayApprove(rights);
  const may = judges && since.kind !== "turn" && changes !== null && !changes.merging && changes.files.length > 0;
  const people = room?.transcript.people;
  const judging = useMemo<Judging>(() => {
    const who = (id: string) => {
      const known = [...(makers?.people ?? []), ...(work?.people ?? [])].find(({ person }) => person === id);
      if (room && people?.[id]) return personOf(room, id);
      return { id, name: known?.name ?? id, colour: 11 };
    };
    const verbs = { approve: (picks: ChangePicks) => decide({ what: "approve", picks }), reject: (picks: ChangePicks) => decide({ what: "reject", picks }) };
    // Of one turn all is by that turn.
    return { who, makers: since.kind === "turn" ? null : (makers?.makers ?? null), sinceBase, verbs: may ? verbs : null };
  }, [makers, work, people, since.kind, sinceBase, may]);
  return { judging, judges, deciding, decide };
}

import { useMemo, useState } from "react";
import type { ChangeHunk } from "../../gen/ChangeHunk";
import { useFileChange, type FileView } from "../../state/changes";
import { stayedIn, STEP, widened, type Widened } from "./around";

/** As much around each change as a host tells. */
const WIDEST = 1_000;

export type Around = Widened & { /** With the lines that were added to them. */ hunks: readonly ChangeHunk[]; widen: (gap: string) => void };

/** The places of one file, each widened where somebody wanted more of what is around it. `id` is of the change that they are of. */
export function useAround(workspace: string, view: FileView, id: string | null, hunks: readonly ChangeHunk[]): Around {
  const [wanted, want] = useState<ReadonlyMap<string, number>>(new Map());
  const { answer, current } = useFileChange(workspace, wanted.size === 0 ? null : { ...view, context: WIDEST });
  // Lines of another version of the file would not fit.
  const wide = current && answer?.file.id === id && answer?.body.kind === "text" ? answer.body.hunks : null;
  const stayed = useMemo(() => wide && stayedIn(wide), [wide]);
  const { context } = view;
  const all = useMemo(() => widened({ hunks, context, stayed, wanted }), [hunks, context, stayed, wanted]);
  return {
    ...all,
    hunks: useMemo(() => all.places.map(({ hunk }) => hunk), [all]),
    widen: (gap) => want((now) => new Map(now).set(gap, (now.get(gap) ?? 0) + STEP)),
  };
}

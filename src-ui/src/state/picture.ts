import { useMemo } from "react";
import { useAsked } from "./asked";
import type { Wrong } from "./attempt";
import { pictureOf, type Picture } from "./both-sides";
import { useChanges } from "./changes";
import { useAskedAgain } from "./work";

const SINCE_BASE = { kind: "base" } as const;

/** A picture as it is now, got again when it has become another (FI12): it is large, and others change as well. */
export function usePicture(workspace: string, path: string): { picture: Picture | null; wrong: Wrong | null; again: () => void } {
  const { answer: changes } = useChanges(workspace, SINCE_BASE);
  const row = changes?.files.find((file) => file.path === path);
  // One that is not listed may be among those left out.
  const seen = changes && (row?.id ?? (changes.omitted > 0 ? changes.seen : ""));
  const { answer, wrong, again } = useAskedAgain(useAsked({ method: "read_picture", params: { workspace, path } }, "picture"), seen);
  const data = answer?.image.data;
  const kind = answer?.image.kind;
  return { picture: useMemo(() => (data !== undefined && kind ? pictureOf({ kind, data }) : null), [data, kind]), wrong, again };
}

import { useMemo } from "react";
import { useAsked } from "./asked";
import type { Wrong } from "./attempt";
import { pictureOf, type Picture } from "./both-sides";
import { useLookAgain } from "./changes";

/** A picture as it is now, got again while an agent works there (FI12). */
export function usePicture(workspace: string, path: string): { picture: Picture | null; wrong: Wrong | null; again: () => void } {
  const { answer, wrong, again } = useAsked({ method: "read_picture", params: { workspace, path } }, "picture");
  useLookAgain(workspace, again);
  const data = answer?.image.data;
  const kind = answer?.image.kind;
  return { picture: useMemo(() => (data !== undefined && kind ? pictureOf({ kind, data }) : null), [data, kind]), wrong, again };
}

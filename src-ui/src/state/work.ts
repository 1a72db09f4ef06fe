import { useEffect, useRef } from "react";
import { useAsked, type Asked } from "./asked";

/** Checkpoints and approved commits of a workspace, asked again when its files are others: `seen` says so. */
export function useWork(workspace: string, seen: string | null): Asked<"work"> {
  return useAskedAgain(useAsked({ method: "work", params: { workspace } }, "work"), seen);
}

/** Who made what of its changes since the base. */
export function useMakers(workspace: string, seen: string | null): Asked<"makers"> {
  return useAskedAgain(useAsked({ method: "makers", params: { workspace } }, "makers"), seen);
}

function useAskedAgain<A extends { again: () => void }>(asked: A, seen: string | null): A {
  const { again } = asked;
  const last = useRef(seen);
  useEffect(() => {
    if (last.current !== null && last.current !== seen) again();
    last.current = seen;
  }, [seen, again]);
  return asked;
}

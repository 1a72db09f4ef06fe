import { useAct } from "./act";
import { openNew } from "./open-session";

/** Makes a sample repository, workspace and session, and opens it. */
export function useTrySample(): { trySample: () => Promise<void>; busy: boolean } {
  const { act, busy } = useAct();
  const trySample = async () => {
    const reply = await act({ method: "try_sample", params: {} });
    if (reply?.kind === "session") openNew(reply.session);
  };
  return { trySample, busy };
}

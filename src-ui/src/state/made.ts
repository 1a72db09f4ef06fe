import type { Reply } from "../gen/Reply";
import type { RequestWithoutCommand } from "../link/types";
import { useAttempt, type Wrong } from "./attempt";
import { useStore } from "./index";
import { setUpMade } from "./setup";

type Making = { attempt: (request: RequestWithoutCommand) => Promise<Reply | null>; busy: boolean; wrong: Wrong | null };

/** As `useAttempt`, for what may make a workspace: that is set up then. */
export function useMaking(): Making {
  const store = useStore();
  const { attempt, busy, wrong } = useAttempt();
  const make = async (request: RequestWithoutCommand) => {
    const reply = await attempt(request);
    if (reply?.kind === "workspace") void setUpMade(store, reply.workspace);
    return reply;
  };
  return { attempt: make, busy, wrong };
}

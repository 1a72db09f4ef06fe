import type { Reply } from "../gen/Reply";
import type { RequestWithoutCommand } from "../link/types";
import { useAttempt, type Wrong } from "./attempt";
import { useInView } from "./in-view";
import { addToast, tellDone, type Toast } from "./toasts";

type Errand = { run: (request: RequestWithoutCommand) => Promise<Reply | null>; tell: (done: string, next: Toast["action"]) => void; busy: boolean; wrong: Wrong | null };

/**
 * As `useAttempt`, for what waits for another machine: it goes on when its dialog is closed, and then its end is told
 * beside the page. `tell` says only there that it is done.
 */
export function useErrand(): Errand {
  const { attempt, busy, wrong } = useAttempt();
  const shown = useInView();
  const tell: Errand["tell"] = (done, next) => {
    if (!shown.current) tellDone(done, next);
  };
  const fails = ({ message, hint }: Wrong) => {
    if (!shown.current) addToast({ message, hint, action: null });
  };
  const run = (request: RequestWithoutCommand) => attempt(request, fails);
  return { run, tell, busy, wrong };
}

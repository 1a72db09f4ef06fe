import type { Reply } from "../gen/Reply";
import type { RequestWithoutCommand } from "../link/types";
import { useAttempt, type Wrong } from "./attempt";
import { useInView } from "./in-view";
import { addToast, type Toast } from "./toasts";

type Errand = { run: (request: RequestWithoutCommand) => Promise<Reply | null>; tell: (toast: Omit<Toast, "id">) => void; busy: boolean; wrong: Wrong | null };

/**
 * As `useAttempt`, for what waits for another machine: it goes on when its dialog is closed, and then its end is told
 * beside the page. `tell` says something only there.
 */
export function useErrand(): Errand {
  const { attempt, busy, wrong } = useAttempt();
  const shown = useInView();
  const tell = (toast: Omit<Toast, "id">) => {
    if (!shown.current) addToast(toast);
  };
  const run = (request: RequestWithoutCommand) => attempt(request, ({ message, hint }) => tell({ kind: "trouble", message, hint, action: null }));
  return { run, tell, busy, wrong };
}

import { useCallback, useRef, useState } from "react";
import type { Reply } from "../gen/Reply";
import type { RequestWithoutCommand } from "../link/types";
import { t } from "../messages/t";
import { failureHint, failureMessage, mayRetry } from "./failure";
import { useLink, useSend } from "./index";
import { addToast, type Toast } from "./toasts";

/** `instead` offers another way out of a failure than to try again. */
export type Act = (request: RequestWithoutCommand, instead?: (error: unknown) => Toast["action"]) => Promise<Reply | null>;

/**
 * Sends what a person asked for. A failure becomes a toast with its way out and `null`; `busy` is true
 * until the host has answered, so that a second press does nothing, and while it is out of reach.
 */
export function useAct(): { act: Act; busy: boolean } {
  const send = useSend();
  const reachable = useLink().kind === "live";
  const [open, setOpen] = useState(0);
  const again = useRef<Act>(async () => null);
  const act = useCallback<Act>(
    async (request, instead) => {
      setOpen((n) => n + 1);
      try {
        return await send(request);
      } catch (error) {
        addToast({
          message: failureMessage(error),
          hint: failureHint(error),
          // A prompt's text is still in the composer, so Send is its way to try again.
          action:
            instead?.(error) ??
            (mayRetry(error) && request.method !== "prompt" ? { label: t("again"), run: () => void again.current(request) } : null),
        });
        return null;
      } finally {
        setOpen((n) => n - 1);
      }
    },
    [send],
  );
  again.current = act;
  return { act, busy: open > 0 || !reachable };
}

import { useCallback, useRef, useState } from "react";
import type { Reply } from "../gen/Reply";
import type { RequestWithoutCommand } from "../link/types";
import { t } from "../messages/t";
import { failureHint, failureMessage, mayRetry } from "./failure";
import { useSend } from "./index";
import { addToast } from "./toasts";

export type Act = (request: RequestWithoutCommand) => Promise<Reply | null>;

/**
 * Sends what a person asked for. A failure becomes a toast with its way out and `null`; `busy` is true
 * until the host has answered, so that a second press does nothing.
 */
export function useAct(): { act: Act; busy: boolean } {
  const send = useSend();
  const [open, setOpen] = useState(0);
  const again = useRef<Act>(async () => null);
  const act = useCallback<Act>(
    async (request) => {
      setOpen((n) => n + 1);
      try {
        return await send(request);
      } catch (error) {
        addToast({
          message: failureMessage(error),
          hint: failureHint(error),
          // A prompt's text is still in the composer, so Send is its way to try again.
          action: mayRetry(error) && request.method !== "prompt" ? { label: t("again"), run: () => void again.current(request) } : null,
        });
        return null;
      } finally {
        setOpen((n) => n - 1);
      }
    },
    [send],
  );
  again.current = act;
  return { act, busy: open > 0 };
}

import { useCallback, useState } from "react";
import { failureHint, failureMessage } from "./failure";
import { useSend } from "./index";
import type { Act } from "./act";

/** What went wrong with the last try, and what to do about it. */
export type Wrong = { message: string; hint: string | null };

/** As `useAct`, for a form that tells of the failure itself, where the eye is, until the next try. */
export function useAttempt(): { attempt: Act; busy: boolean; wrong: Wrong | null } {
  const send = useSend();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const attempt = useCallback<Act>(
    async (request) => {
      setBusy(true);
      setWrong(null);
      try {
        return await send(request);
      } catch (error) {
        setWrong({ message: failureMessage(error), hint: failureHint(error) });
        return null;
      } finally {
        setBusy(false);
      }
    },
    [send],
  );
  return { attempt, busy, wrong };
}

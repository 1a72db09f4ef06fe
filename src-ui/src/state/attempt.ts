import { useCallback, useState } from "react";
import type { FailureCode } from "../gen/FailureCode";
import type { Reply } from "../gen/Reply";
import type { RequestWithoutCommand } from "../link/types";
import { failureHint, failureMessage, isFailure } from "./failure";
import { useSend } from "./index";

/** What went wrong with the last try, and what to do about it; `code` where the host said so. */
export type Wrong = { message: string; hint: string | null; code: FailureCode | null };

export function wrongOf(error: unknown): Wrong {
  return { message: failureMessage(error), hint: failureHint(error), code: isFailure(error) ? error.code : null };
}

export type Attempt = (request: RequestWithoutCommand, failed?: (wrong: Wrong) => void) => Promise<Reply | null>;

/** As `useAct`, for a form that tells of the failure itself, where the eye is, until the next try. */
export function useAttempt(): { attempt: Attempt; busy: boolean; wrong: Wrong | null } {
  const send = useSend();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState<Wrong | null>(null);
  const attempt = useCallback<Attempt>(
    async (request, failed) => {
      setBusy(true);
      setWrong(null);
      try {
        return await send(request);
      } catch (error) {
        const wrong = wrongOf(error);
        setWrong(wrong);
        failed?.(wrong);
        return null;
      } finally {
        setBusy(false);
      }
    },
    [send],
  );
  return { attempt, busy, wrong };
}

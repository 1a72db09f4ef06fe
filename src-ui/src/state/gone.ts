import { useEffect, useRef } from "react";

/** Takes a question away when what it is about has gone: another device was faster. What is not there yet may come. */
export function useGone(question: unknown, fits: boolean, close: () => void): void {
  const seen = useRef<unknown>(null);
  useEffect(() => {
    if (question === null) return;
    if (fits) seen.current = question;
    else if (seen.current === question) close();
  }, [question, fits, close]);
}

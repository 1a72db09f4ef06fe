import { useEffect } from "react";
import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";
import { titleOf } from "../state/session-title";

/** The browser's tab says which session it shows and how many wait for its reader. */
export function useTabTitle(current: SessionRow | null, count: number): void {
  const title = current ? t("tab.session", { title: titleOf(current) }) : t("app");
  useEffect(() => {
    document.title = count > 0 ? t("tab.needs", { count, title }) : title;
  }, [count, title]);
}

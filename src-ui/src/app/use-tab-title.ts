import { useEffect } from "react";
import type { SessionRow } from "../gen/SessionRow";
import { t } from "../messages/t";

/** The browser's tab says which session it shows and how many wait for its reader. */
export function useTabTitle(current: SessionRow | null, count: number): void {
  const title = current ? t("tab.session", { title: current.title }) : t("app");
  useEffect(() => {
    document.title = count > 0 ? t("tab.needs", { count, title }) : title;
  }, [count, title]);
}

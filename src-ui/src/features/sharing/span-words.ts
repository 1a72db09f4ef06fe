import { t } from "../../messages/t";

/** `5 min`, `8 h`, `7 days`. */
export function spanWords(span: number): string {
  const minutes = Math.round(span / 60_000);
  if (minutes < 60) return t("span.minutes", { count: minutes });
  return minutes <= 24 * 60 ? t("span.hours", { count: Math.round(minutes / 60) }) : t("span.days", { count: Math.round(minutes / 1440) });
}

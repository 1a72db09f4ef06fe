import { en } from "../messages/en";
import { t, type Key } from "../messages/t";

/** What happened when a host refused, and what to do; some of it is other for another host than the page's own. */
export function refusalWords(reason: string, at: "own" | "other" = "own"): { title: string; todo: string } {
  const pick = (...keys: readonly string[]): string => t(keys.find((key) => key in en) as Key as "refused.todo");
  const other = at === "other" ? [`refused_elsewhere.${reason}`, `refused_elsewhere.${reason}.todo`] : ["", ""];
  return {
    title: pick(other[0] ?? "", `refused.${reason}`, "refused.unknown"),
    todo: pick(other[1] ?? "", `refused.${reason}.todo`, "refused.todo"),
  };
}

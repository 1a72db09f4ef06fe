import { en } from "../messages/en";
import { t, type Key } from "../messages/t";

/** Refusals whose title is all that the host says of them too. */
const SAID = new Set(["kicked", "expired", "left", "refused", "invite_spent", "invite_unknown", "invite_expired"]);

type Words = {
  title: string;
  todo: string;
  /** The host's own sentence would say the same again. */
  said: boolean;
};

/** What happened when a host refused, and what to do; some of it is other for another host than the page's own. */
export function refusalWords(reason: string, at: "own" | "other" = "own"): Words {
  const pick = (...keys: readonly string[]): string => t(keys.find((key) => key in en) as Key as "refused.todo");
  const other = at === "other" ? [`refused_elsewhere.${reason}`, `refused_elsewhere.${reason}.todo`] : ["", ""];
  return {
    title: pick(other[0] ?? "", `refused.${reason}`, "refused.unknown"),
    todo: pick(other[1] ?? "", `refused.${reason}.todo`, "refused.todo"),
    said: SAID.has(reason),
  };
}

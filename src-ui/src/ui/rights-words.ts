import type { Rights } from "../gen/Rights";
import { t } from "../messages/t";

/** `everything`, or the most that somebody may do: who steers need not be told that they may suggest. */
export function rightsWords(rights: Rights): string {
  if (rights.includes("own")) return t("right.own");
  const steers = rights.includes("steer");
  const words = [
    !steers && rights.includes("vote") && t("right.vote"),
    !steers && rights.includes("suggest") && t("right.suggest"),
    steers && t("right.steer"),
    rights.includes("approve") && t("right.approve"),
    steers && !rights.includes("vote") && t("right.no_vote"),
  ].filter(Boolean);
  return words.length === 0 ? t("right.see") : words.join(", ");
}

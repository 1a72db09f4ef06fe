import type { Rights } from "../gen/Rights";
import { t } from "../messages/t";

/** `everything`, or what somebody may do in a few words; seeing goes without saying. */
export function rightsWords(rights: Rights): string {
  if (rights.includes("own")) return t("right.own");
  const said = rights.filter((right) => right !== "see");
  return said.length === 0 ? t("right.see") : said.map((right) => t(`right.${right}`)).join(", ");
}

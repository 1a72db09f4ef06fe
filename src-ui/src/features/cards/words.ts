import type { WithdrawReason } from "../../gen/WithdrawReason";
import { t } from "../../messages/t";

/** How a card went without an answer. */
export function withdrawnWords(card: "plan" | "question" | "permission", reason: WithdrawReason): string {
  return t(`${card}.withdrawn.${reason}`);
}

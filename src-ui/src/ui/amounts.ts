import { t } from "../messages/t";

/** `812`, `38.2k`, `1.3M`. */
export function short(count: number): string {
  if (count < 1000) return String(count);
  if (count < 1_000_000) return `${trim(count / 1000)}k`;
  return `${trim(count / 1_000_000)}M`;
}

/** `$0.41`; four places below a cent. */
export function dollars(micros: number): string {
  const value = micros / 1_000_000;
  return `$${value.toFixed(value > 0 && value < 0.01 ? 4 : 2)}`;
}

/** `38.2k tokens · $0.41`; empty when nothing is known. */
export function spent(usage: { input_tokens: number; output_tokens: number; cost_micros: number }): string {
  const tokens = usage.input_tokens + usage.output_tokens;
  const parts = [];
  if (tokens > 0) parts.push(t("usage.tokens", { tokens: short(tokens) }));
  if (usage.cost_micros > 0) parts.push(dollars(usage.cost_micros));
  return parts.join(" · ");
}

function trim(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, "");
}

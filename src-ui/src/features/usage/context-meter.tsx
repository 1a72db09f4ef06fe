import type { Usage } from "../../gen/Usage";
import { t } from "../../messages/t";
import { short } from "../../ui/amounts";
import css from "./usage.module.css";

/** How full the agent's context is, where it tells. */
export function ContextMeter({ usage }: { usage: Usage }) {
  const { context_used: used, context_size: size } = usage;
  if (size === 0) return null;
  const part = Math.min(1, used / size);
  const words = t("usage.context_of", { used: short(used), size: short(size) });
  return (
    <span role="meter" aria-label={t("usage.context")} aria-valuemin={0} aria-valuemax={size} aria-valuenow={used} aria-valuetext={words} title={words} className={css.meter}>
      <span className={css.used} data-full={part > 0.8} style={{ width: `${Math.round(part * 100)}%` }} />
    </span>
  );
}

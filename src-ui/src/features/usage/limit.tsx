import type { Allowance } from "../../gen/Allowance";
import { t } from "../../messages/t";
import { dollars, short } from "../../ui/amounts";
import css from "./usage.module.css";

/** What the owner allows this person here, and how much of it is gone. */
export function Limit({ allowance: { budget, taken, together } }: { allowance: Allowance }) {
  const tokens = taken.input_tokens + taken.output_tokens;
  const reached = tokens >= (budget.tokens ?? Infinity) || taken.cost_micros >= (budget.cost_micros ?? Infinity);
  return (
    <div className={css.limit} data-reached={reached}>
      {budget.tokens !== null && <p>{t(together ? "usage.together_tokens" : "usage.limit_tokens", { taken: short(tokens), most: short(budget.tokens) })}</p>}
      {budget.cost_micros !== null && (
        <p>{t(together ? "usage.together_cost" : "usage.limit_cost", { taken: dollars(taken.cost_micros), most: dollars(budget.cost_micros) })}</p>
      )}
      {reached && <p>{t("usage.limit_reached")}</p>}
    </div>
  );
}

import { useId } from "react";
import type { Budget } from "../../gen/Budget";
import { t } from "../../messages/t";
import { Field } from "../../ui/field";

type Props = { whose: "each" | "total"; budget: Budget | null; onChange: (budget: Budget | null) => void };

const MICROS = 1_000_000;

/** The most that turns may take in a share, each person's or everybody's together; empty is no limit (AG7). */
export function BudgetFields({ whose, budget, onChange }: Props) {
  const id = useId();
  const set = (change: Partial<Budget>) => {
    const next = { tokens: budget?.tokens ?? null, cost_micros: budget?.cost_micros ?? null, ...change };
    onChange(next.tokens === null && next.cost_micros === null ? null : next);
  };
  return (
    <>
      <label htmlFor={`${id}-tokens`}>{t(`share.budget_tokens.${whose}`)}</label>
      <Field
        id={`${id}-tokens`}
        type="number"
        min={1}
        step={1}
        placeholder={t("share.budget_none")}
        value={budget?.tokens ?? ""}
        onChange={(event) => set({ tokens: amount(event.target.value, 1) })}
      />
      <label htmlFor={`${id}-cost`}>{t(`share.budget_cost.${whose}`)}</label>
      <Field
        id={`${id}-cost`}
        type="number"
        min={0.01}
        step="any"
        placeholder={t("share.budget_none")}
        value={budget?.cost_micros == null ? "" : budget.cost_micros / MICROS}
        onChange={(event) => set({ cost_micros: amount(event.target.value, MICROS) })}
      />
    </>
  );
}

function amount(written: string, unit: number): number | null {
  const value = Math.round(Number(written) * unit);
  return written.trim() === "" || !Number.isSafeInteger(value) || value <= 0 ? null : value;
}

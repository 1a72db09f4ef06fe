import { useId } from "react";
import { t } from "../../messages/t";
import { Field } from "../../ui/field";
import { Select } from "../../ui/select";
import { Tick } from "../../ui/tick";
import { timeOfDay } from "../../ui/time";
import { BudgetFields } from "./budget-fields";
import { spanWords } from "./span-words";
import { ABSENCES, LIVES, TERMINALS, type Wish } from "./wish";
import css from "./sharing.module.css";

type Props = { wish: Wish; onChange: (wish: Wish) => void };

const CEILINGS = ["ask", "accept-edits", "bypass"] as const;
const KEPT = "kept";

/** What few people change. */
export function MoreTerms({ wish, onChange }: Props) {
  const id = useId();
  const { rules } = wish;
  return (
    <details className={css.more}>
      <summary>{t("share.more")}</summary>
      <div className={css.pairs}>
        <label htmlFor={`${id}-unasked`}>{t("share.ceiling")}</label>
        <Select
          id={`${id}-unasked`}
          value={wish.ceiling}
          options={CEILINGS.map((one) => [one, t(`ceiling.${one}`)])}
          onChange={(ceiling) => onChange({ ...wish, ceiling: ceiling as Wish["ceiling"] })}
        />
        <label htmlFor={`${id}-terminal`}>{t("share.terminal")}</label>
        <Select
          id={`${id}-terminal`}
          value={wish.terminal}
          options={TERMINALS.map((one) => [one, t(`share.terminal.${one}`)])}
          onChange={(terminal) => onChange({ ...wish, terminal: terminal as Wish["terminal"] })}
        />
        {rules.consensus && (
          <>
            <label htmlFor={`${id}-absence`}>{t("share.absence")}</label>
            <Select
              id={`${id}-absence`}
              value={String(rules.absence)}
              options={absences(rules.absence)}
              onChange={(value) =>
                onChange({ ...wish, rules: { ...rules, absence: value === "null" ? null : Number(value) } })
              }
            />
          </>
        )}
        <label htmlFor={`${id}-until`}>{t("share.ends")}</label>
        <Select
          id={`${id}-until`}
          value={wish.expires_at === null ? "null" : KEPT}
          options={lives(wish)}
          onChange={(value) =>
            value !== KEPT && onChange({ ...wish, expires_at: value === "null" ? null : Date.now() + Number(value) })
          }
        />
        <BudgetFields whose="each" budget={wish.budget} onChange={(budget) => onChange({ ...wish, budget })} />
        <BudgetFields whose="total" budget={wish.total} onChange={(total) => onChange({ ...wish, total })} />
        <label htmlFor={`${id}-label`}>{t("share.label")}</label>
        <Field
          id={`${id}-label`}
          maxLength={80}
          placeholder={t("share.label_default")}
          value={wish.label ?? ""}
          onChange={(event) => onChange({ ...wish, label: event.target.value === "" ? null : event.target.value })}
        />
      </div>
      {rules.consensus && (
        <Tick
          checked={rules.owner_always_votes}
          onChange={(owner_always_votes) => onChange({ ...wish, rules: { ...rules, owner_always_votes } })}
        >
          {t("share.owner_votes")}
        </Tick>
      )}
      {wish.terminal !== "none" && <p className={css.note}>{t("share.terminal_about")}</p>}
    </details>
  );
}

function absences(now: number | null): [string, string][] {
  const all = ABSENCES.includes(now) ? ABSENCES : [now, ...ABSENCES];
  return all.map((span) => [String(span), span === null ? t("absence.never") : t("absence.after", { time: spanWords(span) })]);
}

function lives(wish: Wish): [string, string][] {
  const options = LIVES.map((span): [string, string] => [
    String(span),
    span === null ? t("life.never") : t("life.in", { time: spanWords(span) }),
  ]);
  if (wish.expires_at === null) return options;
  return [[KEPT, t("share.until", { time: timeOfDay(wish.expires_at, Date.now()) })], ...options];
}

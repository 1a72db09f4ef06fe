import type { QuestionField as Asked } from "../../gen/QuestionField";
import { t } from "../../messages/t";
import { cx } from "../../ui/cx";
import { GrowArea } from "../../ui/grow-area";
import { KeyHint } from "../../ui/key-hint";
import css from "./question.module.css";

type Props = { field: Asked; open: boolean; value: string[]; onChange: (value: string[]) => void };

/** One thing asked: options to pick from, or free text. */
export function QuestionField({ field, open, value, onChange }: Props) {
  if (field.options.length === 0)
    return (
      <label className={css.field}>
        <span className={css.text}>{field.text}</span>
        {open && (
          <GrowArea
            className={css.free}
            data-choice
            value={value[0] ?? ""}
            placeholder={t("question.free")}
            onChange={(event) => onChange([event.target.value])}
          />
        )}
      </label>
    );
  const pick = (option: string, on: boolean) =>
    onChange(field.many ? (on ? [...value, option] : value.filter((one) => one !== option)) : [option]);
  return (
    <fieldset className={css.field} disabled={!open}>
      <legend className={css.text}>
        {field.text} {field.many && <span className={css.many}>{t("question.many")}</span>}
      </legend>
      <div className={css.options}>
        {field.options.map((option, at) => (
          <div key={option} className={css.choice}>
            <label className={cx(css.option, value.includes(option) && css.on, !open && css.shut)}>
              <input
                data-choice={open ? "" : undefined}
                aria-keyshortcuts={open && at < 9 ? String(at + 1) : undefined}
                type={field.many ? "checkbox" : "radio"}
                name={field.key}
                checked={value.includes(option)}
                onChange={(event) => pick(option, event.target.checked)}
              />
              <span>{option}</span>
            </label>
            {open && at < 9 && <KeyHint keys={String(at + 1)} />}
          </div>
        ))}
      </div>
    </fieldset>
  );
}

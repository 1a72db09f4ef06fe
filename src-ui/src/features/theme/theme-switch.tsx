import { Monitor, Moon, Sun } from "lucide-react";
import { t } from "../../messages/t";
import { setTaste, useTaste, type Theme } from "../../state/taste";
import { cx } from "../../ui/cx";
import css from "./theme.module.css";

const CHOICES = [
  ["system", Monitor],
  ["light", Sun],
  ["dark", Moon],
] as const satisfies readonly (readonly [Theme, unknown])[];

export function ThemeSwitch() {
  const { theme } = useTaste();
  return (
    <div className={css.switch} role="group" aria-label={t("theme")}>
      {CHOICES.map(([choice, Icon]) => (
        <button
          key={choice}
          type="button"
          aria-pressed={theme === choice}
          aria-label={t(`theme.${choice}`)}
          title={t(`theme.${choice}`)}
          className={cx(css.choice, theme === choice && css.on)}
          onClick={() => setTaste({ theme: choice })}
        >
          <Icon size={14} aria-hidden />
        </button>
      ))}
    </div>
  );
}

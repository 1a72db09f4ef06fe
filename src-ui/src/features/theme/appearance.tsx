import { t } from "../../messages/t";
import { setTaste, SIZES, useTaste, type Theme } from "../../state/taste";
import { Tabs } from "../../ui/tabs";
import { Tick } from "../../ui/tick";
import css from "./theme.module.css";

const THEMES: readonly Theme[] = ["system", "light", "dark"];

/** Theme, contrast and the size of the text. */
export function Appearance() {
  const { theme, contrast, size } = useTaste();
  return (
    <>
      <div className={css.line}>
        <span>{t("theme")}</span>
        <Tabs
          label={t("theme")}
          value={theme}
          options={THEMES.map((one) => [one, t(`theme.${one}`)] as const)}
          onChange={(one) => setTaste({ theme: one })}
        />
      </div>
      <div className={css.line}>
        <span>{t("theme.size")}</span>
        <Tabs
          label={t("theme.size")}
          value={String(size)}
          options={SIZES.map((one) => [String(one), t("theme.percent", { n: one })] as const)}
          onChange={(one) => setTaste({ size: Number(one) })}
        />
      </div>
      <Tick checked={contrast === "more"} onChange={(more) => setTaste({ contrast: more ? "more" : "system" })}>
        {t("theme.contrast")}
      </Tick>
    </>
  );
}

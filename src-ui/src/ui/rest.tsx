import { t } from "../messages/t";
import { Button } from "./button";
import css from "./rest.module.css";

/** A long text of which maybe only the beginning is here. */
export type WholeOf = { text: string; missing: number; loading: boolean; load: () => void; loaded: boolean; truncated: boolean };

type Props = { whole: Omit<WholeOf, "text" | "loaded"> };

/** Says that a text goes on, and gets it. */
export function Rest({ whole }: Props) {
  if (whole.missing > 0)
    return (
      <Button look="link" className={css.rest} disabled={whole.loading} onClick={whole.load}>
        {whole.loading ? t("rest.loading") : t("rest.show", { kilobytes: Math.ceil(whole.missing / 1024) })}
      </Button>
    );
  return whole.truncated ? <p className={css.note}>{t("rest.truncated")}</p> : null;
}

import { t } from "../messages/t";
import { Button } from "./button";
import { Diff } from "./diff";
import { Rest, type WholeOf } from "./rest";
import css from "./long-diff.module.css";

type Props = { whole: WholeOf; label: string };

/** A change that may be cut: how much of it is here stands above it, with the way to the rest. */
export function LongDiff({ whole, label }: Props) {
  const cut = whole.missing > 0;
  return (
    <>
      {cut && (
        <p className={css.cut}>
          <span>{t("diff.cut", { here: Math.floor(bytesOf(whole.text) / 1024), all: Math.ceil(whole.missing / 1024) })}</span>
          <Button disabled={whole.loading} onClick={whole.load}>
            {whole.loading ? t("diff.loading") : t("diff.whole")}
          </Button>
        </p>
      )}
      <Diff text={whole.text} label={label} open={whole.loaded} />
      {!cut && whole.truncated && (
        <div className={css.end}>
          <Rest whole={whole} />
        </div>
      )}
    </>
  );
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

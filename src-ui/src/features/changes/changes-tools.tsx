import { ArrowLeft, ChevronDown, ChevronUp } from "lucide-react";
import type { ReactNode } from "react";
import { t, tn } from "../../messages/t";
import { Button } from "../../ui/button";
import { ViewMenu } from "./view-menu";
import css from "./changes.module.css";

type Go = (() => void) | null;
type Props = { count: number; viewed: number; /** Back to all files, where there is no room for both. */ onBack: Go; onPrevious: Go; onNext: Go; /** What else there is to reach. */ children: ReactNode };

/** How many files, and the way from one to the next. */
export function ChangesTools({ count, viewed, onBack, onPrevious, onNext, children }: Props) {
  return (
    <header className={css.tools}>
      {onBack && (
        <Button look="quiet" square className={css.back} aria-label={t("changes.back")} title={t("changes.back")} onClick={onBack}>
          <ArrowLeft size={15} aria-hidden />
        </Button>
      )}
      <p className={css.count}>
        {tn("changes.count", count)}
        <span className={css.viewedCount}>{t("changes.viewed_count", { viewed, all: count })}</span>
      </p>
      <div className={css.besides}>{children}</div>
      <ViewMenu />
      <Button look="quiet" square aria-label={t("changes.previous")} title={t("changes.previous")} disabled={!onPrevious} onClick={() => onPrevious?.()}>
        <ChevronUp size={15} aria-hidden />
      </Button>
      <Button look="quiet" square aria-label={t("changes.next")} title={t("changes.next")} disabled={!onNext} onClick={() => onNext?.()}>
        <ChevronDown size={15} aria-hidden />
      </Button>
    </header>
  );
}

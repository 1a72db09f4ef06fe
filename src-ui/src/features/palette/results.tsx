import { CornerDownLeft, Plus, Settings, Zap } from "lucide-react";
import { useEffect, useRef } from "react";
import { t } from "../../messages/t";
import { cx } from "../../ui/cx";
import { Dot } from "../../ui/dot";
import type { Entry } from "./entry";
import css from "./palette.module.css";

type Props = {
  id: string;
  found: readonly Entry[];
  marked: number;
  /** Under headings, while nothing is looked for. */
  grouped: boolean;
  onMark: (at: number) => void;
  onTake: (entry: Entry, beside: boolean) => void;
};

const ICONS = { session: CornerDownLeft, new: Plus, action: Zap, setting: Settings } as const;

export function Results({ id, found, marked, grouped, onMark, onTake }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView?.({ block: "nearest" });
  }, [marked, found]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={t("palette.results")} className={css.results}>
      {found.length === 0 && <p className={css.none}>{t("palette.none")}</p>}
      {found.map((entry, at) => {
        const Icon = ICONS[entry.group];
        return (
          <div key={entry.id} role="presentation">
            {grouped && entry.group !== found[at - 1]?.group && (
              <p className={css.group} aria-hidden>
                {t(`palette.${entry.group}`)}
              </p>
            )}
            <div
              id={`${id}-${at}`}
              role="option"
              aria-selected={at === marked}
              className={cx(css.entry, at === marked && css.marked)}
              onPointerMove={() => at !== marked && onMark(at)}
              onClick={(event) => onTake(entry, event.metaKey || event.ctrlKey)}
            >
              <span className={css.sign}>
                {entry.status ? <Dot tone={entry.status.tone} label={entry.status.label} /> : <Icon size={13} aria-hidden />}
              </span>
              <span className={css.words}>{entry.words}</span>
              {entry.hint && <span className={css.hint}>{entry.hint}</span>}
              {entry.keys && <kbd>{entry.keys}</kbd>}
            </div>
          </div>
        );
      })}
    </div>
  );
}

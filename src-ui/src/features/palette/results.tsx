import { CornerDownLeft, Plus, Settings, Zap } from "lucide-react";
import { t } from "../../messages/t";
import { Dot } from "../../ui/dot";
import { Options } from "../../ui/options";
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
  return (
    <Options
      id={id}
      label={t("palette.results")}
      className={css.results}
      found={found}
      marked={marked}
      titleOf={({ group }) => (grouped ? t(`palette.${group}`) : null)}
      onMark={onMark}
      onTake={(entry, event) => onTake(entry, event.metaKey || event.ctrlKey)}
      foot={found.length === 0 && <p className={css.none}>{t("palette.none")}</p>}
    >
      {(entry) => (
        <>
          <span className={css.sign}>
            <Sign entry={entry} />
          </span>
          <span className={css.words}>{entry.words}</span>
          {entry.hint && <span className={css.hint}>{entry.hint}</span>}
          {entry.keys && <kbd>{entry.keys}</kbd>}
        </>
      )}
    </Options>
  );
}

function Sign({ entry }: { entry: Entry }) {
  const Icon = ICONS[entry.group];
  return entry.status ? <Dot tone={entry.status.tone} label={entry.status.label} /> : <Icon size={13} aria-hidden />;
}

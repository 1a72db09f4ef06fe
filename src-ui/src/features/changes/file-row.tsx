import { t } from "../../messages/t";
import { Counts } from "../../ui/counts";
import { cx } from "../../ui/cx";
import { HowMark } from "../../ui/how-mark";
import type { FileRow as Row } from "./folders";
import { MakerChips } from "./maker-chips";
import type { Maker } from "./makers";
import type { Picks } from "./picks";
import { TreePlace } from "./tree-place";
import css from "./changes.module.css";

type Props = {
  row: Row;
  /** Keys are here. */
  here: boolean;
  /** `null` where nothing is decided about. */
  picks: Picks | null;
  onHere: () => void;
  chosen: boolean;
  viewed: boolean;
  makers: readonly Maker[];
  onChoose: (path: string) => void;
};

/** One changed file in its folder. */
export function FileRow({ row, here, picks, onHere, chosen, viewed, makers, onChoose }: Props) {
  const { path, how, added, removed } = row.file;
  const stop = here ? 0 : -1;
  const pick = picks && (
    <input type="checkbox" className={css.pick} tabIndex={stop} aria-label={t("judge.pick", { path })} checked={picks.has(path)} onChange={(event) => picks.set([path], event.target.checked)} />
  );
  return (
    <TreePlace row={row} pick={pick} onHere={onHere}>
      <button type="button" className={cx(css.file, viewed && css.seen)} tabIndex={stop} aria-current={chosen} title={path} onClick={() => onChoose(path)}>
        <HowMark how={how} />
        <span className={css.name}>{row.name}</span>
        <MakerChips makers={makers} />
        {added !== null && removed !== null && <Counts added={added} removed={removed} />}
        {viewed && <span className="only-read-aloud">{t("changes.viewed")}</span>}
      </button>
    </TreePlace>
  );
}

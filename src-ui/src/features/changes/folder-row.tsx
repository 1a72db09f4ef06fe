import { ChevronRight } from "lucide-react";
import type { ChangedFile } from "../../gen/ChangedFile";
import { t, tn } from "../../messages/t";
import { Counts } from "../../ui/counts";
import { cx } from "../../ui/cx";
import type { FolderRow as Row } from "./folders";
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
  onTurn: (folder: string, open: boolean) => void;
};

/** One folder with what changed below it, all together. */
export function FolderRow({ row: { key, name, open, files }, row, here, picks, onHere, onTurn }: Props) {
  const stop = here ? 0 : -1;
  const counted = files.filter(({ added }) => added !== null);
  return (
    <TreePlace row={row} pick={picks && <FolderPick folder={key} files={files} picks={picks} stop={stop} />} onHere={onHere}>
      <button type="button" className={cx(css.file, css.folder)} tabIndex={stop} aria-expanded={open} title={key} onClick={() => onTurn(key, !open)}>
        <ChevronRight size={12} aria-hidden className={cx(css.chevron, open && css.turned)} />
        <span className={css.name}>{name}</span>
        <span className={css.many} role="img" aria-label={tn("changes.in_folder", files.length)} title={tn("changes.in_folder", files.length)}>
          {files.length}
        </span>
        {counted.length > 0 && <Counts added={sum(counted, "added")} removed={sum(counted, "removed")} />}
      </button>
    </TreePlace>
  );
}

type PickProps = { folder: string; files: readonly ChangedFile[]; picks: Picks; stop: 0 | -1 };

function FolderPick({ folder, files, picks, stop }: PickProps) {
  const paths = files.map(({ path }) => path);
  const picked = paths.filter(picks.has).length;
  const some = picked > 0 && picked < paths.length;
  return (
    <input
      type="checkbox"
      className={css.pick}
      tabIndex={stop}
      aria-label={t("judge.pick_folder", { folder })}
      ref={(box) => {
        if (box) box.indeterminate = some;
      }}
      checked={picked === paths.length}
      onChange={(event) => picks.set(paths, event.target.checked)}
    />
  );
}

function sum(files: readonly ChangedFile[], of: "added" | "removed"): number {
  return files.reduce((all, file) => all + (file[of] ?? 0), 0);
}

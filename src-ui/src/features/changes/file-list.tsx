import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import type { ChangedFile } from "../../gen/ChangedFile";
import { t } from "../../messages/t";
import { FilterField } from "../../ui/filter-field";
import { stepOf } from "../../ui/tree-steps";
import { FileRow } from "./file-row";
import { FolderRow } from "./folder-row";
import { foldersAbove, rowsOf, type Row } from "./folders";
import { useJudging } from "./judging";
import { makersOf } from "./makers";
import type { Picks } from "./picks";
import type { Viewed } from "./viewed";
import css from "./changes.module.css";

/** With more files than these some can be looked for. */
const MANY = 15;
const NONE: ReadonlySet<string> = new Set();

type Props = {
  /** Which list it is, where a page has more than one. */
  label: string;
  files: readonly ChangedFile[];
  chosen: string | null;
  viewed: Viewed;
  /** Those ticked to be decided about together; `null` where the list is only read. */
  picks: Picks | null;
  onChoose: (path: string) => void;
};

/** Changed files in the folders that they are in, by pointer or by keys (CH11). */
export function FileList({ label, files, chosen, viewed, picks, onChoose }: Props) {
  const [looked, look] = useState("");
  const grid = useRef<HTMLDivElement>(null);
  const words = files.length > MANY ? looked.trim().toLocaleLowerCase() : "";
  const shown = useMemo(() => files.filter((file) => says(file, words)), [files, words]);
  const { shut, turn } = useShut(chosen);
  const rows = useMemo(() => rowsOf(shown, words === "" ? shut : NONE), [shown, words, shut]);
  const toRows = () => grid.current?.querySelector<HTMLElement>("button[tabindex='0']")?.focus();
  return (
    <nav aria-label={label}>
      {files.length > MANY && <FilterField list={label} label={t("changes.find")} words={looked} onWords={look} onDown={toRows} />}
      {shown.length === 0 && (
        <p role="status" className={css.note}>
          {t("changes.found_none")}
        </p>
      )}
      <Rows label={label} ref={grid} rows={rows} chosen={chosen} viewed={viewed} picks={picks} onChoose={onChoose} onTurn={turn} />
    </nav>
  );
}

type RowsProps = Omit<Props, "files"> & { ref: React.RefObject<HTMLDivElement | null>; rows: readonly Row[]; onTurn: (folder: string, open: boolean) => void };

function Rows({ label, ref, rows, chosen, viewed, picks, onChoose, onTurn }: RowsProps) {
  const { makers, verbs } = useJudging();
  const made = useMemo(() => new Map(makers?.files.map((file) => [file.path, makersOf(makers, file)])), [makers]);
  const [here, setHere] = useState<string | null>(chosen);
  useEffect(() => setHere(chosen), [chosen]);
  const at = Math.max(0, rows.findIndex(({ key }) => key === here));
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return;
    const step = stepOf(event.key, rows, at, (row) => (row.kind === "folder" ? row.open : null));
    if (!step) return;
    event.preventDefault();
    if (!("to" in step)) return onTurn(step.turn.key, step.open);
    setHere(step.to.key);
    // From box to box, and from name to name.
    const control = event.target.tagName.toLowerCase();
    ref.current?.querySelectorAll("[role=row]")[rows.indexOf(step.to)]?.querySelector<HTMLElement>(control)?.focus();
  };
  return (
    <div ref={ref} role="treegrid" aria-label={label} hidden={rows.length === 0} onKeyDown={press}>
      {rows.map((row, index) => {
        const common = { here: index === at, picks: verbs && picks, onHere: () => setHere(row.key) };
        if (row.kind === "folder") return <FolderRow key={row.key} row={row} {...common} onTurn={onTurn} />;
        return <FileRow key={row.key} row={row} {...common} chosen={row.key === chosen} viewed={viewed.has(row.file)} makers={made.get(row.key) ?? []} onChoose={onChoose} />;
      })}
    </div>
  );
}

/** Folders that are shut; those of a file that is chosen from elsewhere open. */
function useShut(chosen: string | null) {
  const [shut, setShut] = useState(NONE);
  useEffect(() => {
    if (chosen === null) return;
    const above = foldersAbove(chosen);
    setShut((now) => (above.some((one) => now.has(one)) ? new Set([...now].filter((one) => !above.includes(one))) : now));
  }, [chosen]);
  const turn = (folder: string, open: boolean) => setShut((now) => new Set(open ? [...now].filter((one) => one !== folder) : [...now, folder]));
  return { shut, turn };
}

function says({ path, moved_from }: ChangedFile, words: string): boolean {
  return path.toLocaleLowerCase().includes(words) || (moved_from?.toLocaleLowerCase().includes(words) ?? false);
}

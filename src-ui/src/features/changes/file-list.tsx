import type { ChangedFile } from "../../gen/ChangedFile";
import { t } from "../../messages/t";
import { Counts } from "../../ui/counts";
import { cx } from "../../ui/cx";
import { useJudging } from "./judging";
import { MakerChips } from "./maker-chips";
import { makersOf } from "./makers";
import type { Picks } from "./picks";
import type { Viewed } from "./viewed";
import { HowMark } from "../../ui/how-mark";
import css from "./changes.module.css";

type Props = {
  files: readonly ChangedFile[];
  chosen: string | null;
  viewed: Viewed;
  /** Those ticked to be decided about together. */
  picks: Picks;
  onChoose: (path: string) => void;
};

/** Changed files under the folders that they are in. */
export function FileList({ files, chosen, viewed, picks, onChoose }: Props) {
  const { makers, verbs } = useJudging();
  const made = new Map(makers?.files.map((file) => [file.path, makersOf(makers, file)]));
  return (
    <nav aria-label={t("changes.files")}>
      {byFolder(files).map(({ folder, files: those }) => (
        <div key={folder} className={css.folder}>
          {folder && (
            <p className={css.folderName} title={folder}>
              {folder}
            </p>
          )}
          <ul role="list">
            {those.map((file) => (
              <li key={file.path} className={css.fileRow}>
                {verbs && <input type="checkbox" className={css.pick} aria-label={t("judge.pick", { path: file.path })} checked={picks.has(file.path)} onChange={(event) => picks.set(file.path, event.target.checked)} />}
                <button type="button" className={cx(css.file, viewed.has(file) && css.seen)} aria-current={file.path === chosen} title={file.path} onClick={() => onChoose(file.path)}>
                  <HowMark how={file.how} />
                  <span className={css.name}>{file.path.slice(folder.length === 0 ? 0 : folder.length + 1)}</span>
                  <MakerChips makers={made.get(file.path) ?? []} />
                  {file.added !== null && file.removed !== null && <Counts added={file.added} removed={file.removed} />}
                  {viewed.has(file) && <span className="only-read-aloud">{t("changes.viewed")}</span>}
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function byFolder(files: readonly ChangedFile[]): { folder: string; files: ChangedFile[] }[] {
  const folders = new Map<string, ChangedFile[]>();
  for (const file of files) {
    const folder = file.path.slice(0, Math.max(0, file.path.lastIndexOf("/")));
    const those = folders.get(folder);
    if (those) those.push(file);
    else folders.set(folder, [file]);
  }
  return [...folders].map(([folder, those]) => ({ folder, files: those }));
}

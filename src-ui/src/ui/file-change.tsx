import type { FileDiff } from "../gen/FileDiff";
import { t } from "../messages/t";
import { Counts } from "./counts";
import { LongDiff } from "./long-diff";
import type { WholeOf } from "./rest";
import css from "./file-change.module.css";

/** One file's path, counts and change. */
export function FileChange({ diff, whole }: { diff: FileDiff; whole: WholeOf }) {
  return (
    <div className={css.file}>
      <div className={css.head}>
        <code title={diff.path}>{diff.path}</code>
        <Counts added={diff.added} removed={diff.removed} />
      </div>
      <LongDiff whole={whole} label={t("diff.of", { path: diff.path })} />
    </div>
  );
}

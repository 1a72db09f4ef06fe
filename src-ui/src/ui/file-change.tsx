import type { FileDiff } from "../gen/FileDiff";
import { t } from "../messages/t";
import { Counts } from "./counts";
import { Diff } from "./diff";
import css from "./file-change.module.css";

/** One file's path, counts and change. */
export function FileChange({ diff }: { diff: FileDiff }) {
  return (
    <div className={css.file}>
      <div className={css.head}>
        <code title={diff.path}>{diff.path}</code>
        <Counts added={diff.added} removed={diff.removed} />
      </div>
      <Diff text={diff.unified.text} label={t("diff.of", { path: diff.path })} />
    </div>
  );
}

import { useMemo, useRef, useState } from "react";
import { t, tn } from "../../messages/t";
import { useChanges, useSince } from "../../state/changes";
import { useLineComments } from "../../state/line-comments";
import { useMayWrite } from "../../state/may-write";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/empty";
import { Wrong } from "../../ui/wrong";
import { ChangesTools } from "./changes-tools";
import { CommentsHead } from "./comments-head";
import { FileDiff } from "./file-diff";
import { FileList } from "./file-list";
import { JumpProvider } from "./jump";
import { useViewed } from "./viewed";
import css from "./changes.module.css";

/** What became of a workspace's files: which, and in one of them, what. */
export default function ChangesPage({ workspace }: { workspace: string }) {
  const [since] = useSince(workspace);
  const { answer, wrong, again } = useChanges(workspace, since);
  const [chosen, choose] = useState<string | null>(null);
  const viewed = useViewed(workspace);
  const comments = useLineComments(workspace);
  const mayComment = useMayWrite(workspace);
  const [wanted, want] = useState<string | null>(null);
  const typing = useRef(false);
  const jump = useMemo(() => ({ wanted, reached: () => want(null), typing }), [wanted]);
  if (!answer) {
    return (
      <div className={css.page}>
        {wrong ? (
          <Empty title={wrong.message}>
            <Button onClick={again}>{t("again")}</Button>
          </Empty>
        ) : (
          <Empty title={t("start.loading")} />
        )}
      </div>
    );
  }
  const { files, omitted, skipped } = answer;
  if (files.length === 0) {
    return (
      <div className={css.page}>
        <div className={css.alone}>
          <CommentsHead comments={comments} files={files} onJump={() => undefined} />
        </div>
        <Empty title={t("changes.none")}>
          <p>{t("changes.none_about")}</p>
        </Empty>
      </div>
    );
  }
  const at = files.findIndex(({ path }) => path === chosen);
  const file = files[at] ?? null;
  return (
    <div className={css.page} data-reading={file !== null}>
      <ChangesTools
        count={files.length}
        viewed={files.filter(viewed.has).length}
        onBack={file ? () => choose(null) : null}
        onPrevious={at > 0 ? () => choose(files[at - 1]?.path ?? null) : null}
        onNext={at + 1 < files.length ? () => choose(files[at + 1]?.path ?? null) : null}
      >
        <CommentsHead
          comments={comments}
          files={files}
          onJump={({ id, path }) => {
            choose(path);
            want(id);
          }}
        />
      </ChangesTools>
      <Wrong wrong={wrong} />
      <div className={css.both}>
        <div className={css.list}>
          <FileList files={files} chosen={file?.path ?? null} viewed={viewed} onChoose={choose} />
          {omitted > 0 && <p className={css.note}>{tn("changes.more", omitted)}</p>}
          {skipped.length > 0 && (
            <p className={css.note} title={skipped.join("\n")}>
              {tn("changes.skipped", skipped.length)}
            </p>
          )}
        </div>
        <div className={css.reading}>
          {file ? (
            <JumpProvider value={jump}>
              <FileDiff key={file.path} workspace={workspace} since={since} file={file} viewed={viewed} comments={comments} mayComment={mayComment} />
            </JumpProvider>
          ) : (
            <Empty title={t("changes.choose")} />
          )}
        </div>
      </div>
    </div>
  );
}

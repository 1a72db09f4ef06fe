import { useMemo, useRef, useState } from "react";
import type { ChangesSince } from "../../gen/ChangesSince";
import { t } from "../../messages/t";
import type { Wrong as WrongOf } from "../../state/attempt";
import { useChosenChange, type Changed } from "../../state/changes";
import { useFinding, useReader } from "../../state/finding";
import { useLineComments, type LineComments } from "../../state/line-comments";
import { useMayWrite } from "../../state/may-write";
import { Empty } from "../../ui/empty";
import { FindWithin } from "../../ui/find-within";
import { Wrong } from "../../ui/wrong";
import { ChangesTools } from "./changes-tools";
import { CommentsHead } from "./comments-head";
import { FileDiff } from "./file-diff";
import { FileList } from "./file-list";
import { inOrder } from "./folders";
import { JudgeBar } from "./judge-bar";
import { JumpProvider } from "./jump";
import { LeftOut } from "./left-out";
import { usePicks } from "./picks";
import { useViewed } from "./viewed";
import css from "./changes.module.css";

type Props = { workspace: string; since: ChangesSince; answer: Changed; wrong: WrongOf | null };

/** The list of files, and the one that is read. */
export function ChangedFiles({ workspace, since, answer, wrong }: Props) {
  const [chosen, choose] = useChosenChange(workspace);
  const viewed = useViewed(workspace);
  const picks = usePicks();
  const comments = useLineComments(workspace);
  const mayComment = useMayWrite(workspace);
  const [wanted, want] = useState<string | null>(null);
  const typing = useRef(false);
  const jump = useMemo(() => ({ wanted, reached: () => want(null), typing }), [wanted]);
  const [finding, stopFinding] = useFinding(`changes/${workspace}`);
  const reading = useRef<HTMLDivElement>(null);
  const { seen } = answer;
  const files = useMemo(() => inOrder(answer.files), [answer.files]);
  const at = files.findIndex(({ path }) => path === chosen);
  const file = files[at] ?? null;
  useReader(`changes/${workspace}`, file !== null);
  if (files.length === 0) return <None since={since} comments={comments} />;
  return (
    <div className={css.body} data-reading={file !== null}>
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
      <JudgeBar files={answer.files} seen={seen} picks={picks} />
      <Wrong wrong={wrong} />
      <div className={css.both}>
        <div className={css.list}>
          <FileList label={t("changes.files")} files={files} chosen={file?.path ?? null} viewed={viewed} picks={picks} onChoose={choose} />
          <LeftOut answer={answer} />
        </div>
        <div ref={reading} className={css.reading}>
          {file ? (
            <JumpProvider value={jump}>
              <FileDiff key={`${JSON.stringify(since)} ${file.path}`} workspace={workspace} since={since} file={file} viewed={viewed} comments={comments} mayComment={mayComment} />
            </JumpProvider>
          ) : (
            <Empty title={t("changes.choose")} />
          )}
          {finding && file && <FindWithin label={t("find.changes")} root={reading} onClose={stopFinding} />}
        </div>
      </div>
    </div>
  );
}

function None({ since, comments }: { since: ChangesSince; comments: LineComments }) {
  return (
    <div className={css.body}>
      <div className={css.alone}>
        <CommentsHead comments={comments} files={[]} onJump={() => undefined} />
      </div>
      <Empty title={t(`changes.none.${since.kind}`)}>
        <p>{t(`changes.none_about.${since.kind}`)}</p>
      </Empty>
    </div>
  );
}

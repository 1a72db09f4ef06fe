import { t } from "../../messages/t";
import { useChanges, useSince } from "../../state/changes";
import { proposedMessage } from "../../state/proposed-message";
import { useHere } from "../../state/rights-in";
import { useDirectory } from "../../state/index";
import { useMakers, useWork } from "../../state/work";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/empty";
import { ChangedFiles } from "./changed-files";
import { CompareChoice } from "./compare-choice";
import { ApproveDialog, RejectDialog } from "./judge-dialog";
import { JudgingProvider } from "./judging";
import { useJudging } from "./use-judging";
import css from "./changes.module.css";

/** What became of a workspace's files: which, by whom, and in one of them, what. */
export default function ChangesPage({ workspace }: { workspace: string }) {
  const [since, compare] = useSince(workspace);
  const { answer, wrong, again } = useChanges(workspace, since);
  const { answer: work, again: workAgain } = useWork(workspace, answer?.seen ?? null);
  const { answer: made, again: makersAgain } = useMakers(workspace, answer?.seen ?? null);
  const lookAgain = () => [again, workAgain, makersAgain].forEach((look) => look());
  const here = useHere(workspace);
  const sessions = useDirectory()?.sessions ?? [];
  const { judging, deciding, decide } = useJudging({ here, since, changes: answer, work, makers: made });
  const dialog = { workspace, since, all: (answer?.files.length ?? 0) + (answer?.omitted ?? 0), again: lookAgain, onClose: () => decide(null) };
  return (
    <JudgingProvider value={judging}>
      <div className={css.page}>
        <header className={css.head}>
          <CompareChoice since={since} checkpoints={work?.checkpoints ?? []} items={here.room?.transcript.items ?? []} onChoose={compare} />
        </header>
        {answer ? <ChangedFiles workspace={workspace} since={since} answer={answer} wrong={wrong} /> : <NotYet wrong={wrong?.message ?? null} again={again} />}
        {deciding?.what === "approve" && <ApproveDialog {...dialog} picks={deciding.picks} proposed={proposedMessage(workspace, sessions, here.room)} />}
        {deciding?.what === "reject" && <RejectDialog {...dialog} picks={deciding.picks} />}
      </div>
    </JudgingProvider>
  );
}

function NotYet({ wrong, again }: { wrong: string | null; again: () => void }) {
  if (wrong === null) return <Empty title={t("start.loading")} />;
  return (
    <Empty title={wrong}>
      <Button onClick={again}>{t("again")}</Button>
    </Empty>
  );
}

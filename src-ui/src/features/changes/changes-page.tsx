import { t } from "../../messages/t";
import { useChanges, useSince } from "../../state/changes";
import { proposedMessage } from "../../state/proposed-message";
import { useHere } from "../../state/rights-in";
import { useDirectory, useStore } from "../../state/index";
import { useMakers, useSinceBase, useWork } from "../../state/work";
import { askOfWorkspace, wishesOf } from "../../state/workspaces";
import { Button } from "../../ui/button";
import { Empty } from "../../ui/empty";
import { ChangedFiles } from "./changed-files";
import { CompareChoice } from "./compare-choice";
import { ApproveDialog, RejectDialog } from "./judge-dialog";
import { JudgingProvider } from "./judging";
import { ApplyDialog, RevertDialog } from "./land-dialog";
import { MergeCard } from "./merge-card";
import { useBringIn } from "./use-bring-in";
import { useJudging } from "./use-judging";
import { WorkMenu } from "./work-menu";
import css from "./changes.module.css";

/** What became of a workspace's files: which, by whom, and in one of them, what. */
export default function ChangesPage({ workspace }: { workspace: string }) {
  const [since, compare] = useSince(workspace);
  const { answer, wrong, again } = useChanges(workspace, since);
  const { answer: work, again: workAgain } = useWork(workspace, answer?.seen ?? null);
  const { answer: made, again: makersAgain } = useMakers(workspace, answer?.seen ?? null);
  const { ids: sinceBase, again: baseAgain } = useSinceBase(workspace, since, answer);
  const lookAgain = () => [again, workAgain, makersAgain, baseAgain].forEach((look) => look());
  const here = useHere(workspace);
  const directory = useDirectory();
  const sessions = directory?.sessions ?? [];
  const view = directory?.workspaces.find((one) => one.workspace === workspace);
  // The question is asked of the page's own host.
  const pushes = useStore().place === "" && here.owner && view !== undefined && wishesOf(view).includes("push");
  const { judging, judges, deciding, decide } = useJudging({ here, since, changes: answer, sinceBase, makers: made, work });
  const base = work?.base_branch ?? null;
  const bringIn = useBringIn(workspace, base, lookAgain);
  const calm = judges && answer !== null && !answer.merging;
  const apply = here.owner && calm && base !== null ? () => decide({ what: "apply" }) : null;
  const done = { workspace, again: lookAgain, onClose: () => decide(null) };
  const dialog = { ...done, since, all: (answer?.files.length ?? 0) + (answer?.omitted ?? 0) };
  const offered = here.owner && base !== null ? { label: t("apply", { base }), run: () => decide({ what: "apply" }) } : null;
  return (
    <JudgingProvider value={judging}>
      <div className={css.page}>
        <header className={css.head}>
          <CompareChoice since={since} checkpoints={work?.checkpoints ?? []} items={here.room?.transcript.items ?? []} onChoose={compare} />
          {work && <WorkMenu commits={work.commits} base={base} onRevert={calm ? (commit) => decide({ what: "revert", commit }) : null} onApply={apply} onBringIn={calm ? bringIn : null} onPush={pushes && work.commits.length > 0 ? () => askOfWorkspace({ workspace, wish: "push" }) : null} />}
        </header>
        {answer?.merging && <MergeCard workspace={workspace} base={base ?? t("merge.base")} conflicts={answer.conflicts} may={judges} again={lookAgain} />}
        {answer ? <ChangedFiles workspace={workspace} since={since} answer={answer} wrong={wrong} /> : <NotYet wrong={wrong?.message ?? null} again={again} />}
        {deciding?.what === "approve" && <ApproveDialog {...dialog} picks={deciding.picks} proposed={proposedMessage(workspace, sessions, here.room)} next={offered} />}
        {deciding?.what === "reject" && <RejectDialog {...dialog} picks={deciding.picks} />}
        {deciding?.what === "apply" && base !== null && <ApplyDialog {...done} base={base} onBringIn={bringIn ?? (() => undefined)} />}
        {deciding?.what === "revert" && <RevertDialog {...done} commit={deciding.commit} />}
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

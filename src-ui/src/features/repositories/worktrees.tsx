import type { RepositoryView } from "../../gen/RepositoryView";
import { t } from "../../messages/t";
import { useAsked } from "../../state/asked";
import { useAttempt } from "../../state/attempt";
import { tellDone } from "../../state/toasts";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Wrong } from "../../ui/wrong";
import { WorktreeRow } from "./worktree-row";
import question from "../../ui/question.module.css";
import css from "./repositories.module.css";

/** The worktrees of a repository that are no workspaces: somebody made them, or they were left behind (WI28). */
export function Worktrees({ repository: { repository, name, path: root }, onClose }: { repository: RepositoryView; onClose: () => void }) {
  const { answer, wrong: unasked, again } = useAsked({ method: "worktrees", params: { repository } }, "worktrees");
  const { attempt, busy, wrong } = useAttempt();
  const take = async (path: string) => {
    const made = await attempt({ method: "import_worktree", params: { repository, path } });
    if (made) tellDone(t("worktree.done", { path }));
    again();
  };
  // The host's sentence says what to do; the hint is about paths that are typed.
  const why = wrong ? { ...wrong, hint: null } : unasked;
  return (
    <Dialog title={t("repository.worktrees_title", { repository: name })} onClose={onClose} wide>
      <p className={question.about}>{t("worktree.about")}</p>
      <p role="status" className={question.about}>
        {answer === null && !unasked && t("worktree.looking")}
        {answer?.worktrees.length === 0 && t("worktree.none")}
      </p>
      {answer !== null && answer.worktrees.length > 0 && (
        <ul role="list" className={css.worktrees} aria-label={t("worktree.list")} tabIndex={0}>
          {answer.worktrees.map((one) => (
            <WorktreeRow key={one.path} worktree={one} root={root} busy={busy} onTake={() => void take(one.path)} />
          ))}
        </ul>
      )}
      <Wrong wrong={why} />
      <div className={question.verbs}>
        {unasked && <Button onClick={again}>{t("again")}</Button>}
        <Button autoFocus onClick={onClose}>
          {t("done")}
        </Button>
      </div>
    </Dialog>
  );
}

import type { FoundWorktree } from "../../gen/FoundWorktree";
import { t } from "../../messages/t";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { CopyLine } from "../../ui/copy-line";
import { sizeOf } from "../../ui/size";
import { quoted } from "./quoted";
import css from "./repositories.module.css";

type Props = { worktree: FoundWorktree; /** The repository's own folder. */ root: string | null; busy: boolean; onTake: () => void };

/** One worktree: what it is, and what the owner can do with it. */
export function WorktreeRow({ worktree: { path, branch, bytes, ours }, root, busy, onTake }: Props) {
  const command = ["git", ...(root === null ? [] : ["-C", quoted(root)]), "worktree", "remove", quoted(path)].join(" ");
  return (
    <li className={css.worktree}>
      <div className={css.top}>
        <div className={css.what}>
          <code className={css.path}>{path}</code>
          <p className={css.facts}>
            <span>{branch === null ? t("worktree.no_branch") : t("workspace.branch", { branch })}</span>
            <span>{bytes === null ? t("worktree.gone") : sizeOf(bytes)}</span>
            {ours && <Badge>{t("worktree.ours")}</Badge>}
          </p>
        </div>
        {branch !== null && bytes !== null && (
          <Button disabled={busy} aria-label={t("worktree.take_what", { path })} onClick={onTake}>
            {t("worktree.take")}
          </Button>
        )}
      </div>
      {ours && <CopyLine label={t("worktree.remove")} text={command} whole />}
      {ours && branch === null && bytes !== null && <p className={css.note}>{t("worktree.no_worktree")}</p>}
    </li>
  );
}

//! What people do with work, as git does it.

use std::path::{Path, PathBuf};

use model::{
    ChangePick, ChangePicks, Changes, EntryKind, FolderEntry, LineHow, Risk, RiskFound, RiskKind, Settle,
    WorkspaceId, limits,
};
use ports::Later;
use ports::vcs::{Since, VcsError};
use ports::work::{
    BroughtIn, CheckpointName, CommitWords, FileDraft, FileStory, FolderList, Landed, LineStory, Reverted,
    Review, TurnTrees, Way, Work,
};
use vcs::{
    Check, Git, GitError, LineKind, Maker, Manner, Oid, PathRefused, Pick, Picks, Removal, Standing, Story,
    WorktreeRoot,
};

use super::changes::{listed, oid, small};
use super::git::GitVcs;

impl GitVcs {
    pub(super) fn said<T>(&self, outcome: Result<T, GitError>) -> Result<T, VcsError> {
        outcome.map_err(|error| self.say(error))
    }

    async fn judged(&self, review: &Review) -> Result<(Oid, Picks), VcsError> {
        Ok((oid(&review.since.base)?, picks(&review.picks)?))
    }

    async fn land_work(&self, way: Way, words: CommitWords) -> Result<Landed, VcsError> {
        let git = self.git().await?;
        let from = self.said(git.tip_of_branch(&way.worktree, &way.branch).await)?;
        let words = worded(words);
        let landing =
            vcs::Landing { from: &from, onto: &way.base_branch, manner: Manner::Plain, words: &words };
        Ok(match self.said(git.land(&way.repository, landing).await)? {
            vcs::Landed::FastForward(at) | vcs::Landed::Merged(at) => Landed::At(at.to_string()),
            vcs::Landed::NothingNew(_) => Landed::NothingNew,
            vcs::Landed::Conflicts(files) => Landed::Conflicts(files),
        })
    }

    async fn bring_base(&self, way: Way, words: CommitWords) -> Result<BroughtIn, VcsError> {
        let git = self.git().await?;
        let base = self.said(git.tip_of_branch(&way.repository, &way.base_branch).await)?;
        let brought = git.bring_in(&way.worktree, (&way.branch, &base), &worded(words)).await;
        let (commit, conflicts) = match self.said(brought)? {
            vcs::BroughtIn::Merged(at) | vcs::BroughtIn::NothingNew(at) => (at, Vec::new()),
            vcs::BroughtIn::Conflicts(files) => {
                (self.said(git.head_oid(&way.worktree).await)?, files.into_iter().map(|it| it.path).collect())
            }
        };
        Ok(BroughtIn { base: base.to_string(), commit: commit.to_string(), conflicts })
    }

    async fn tell_makers(&self, since: Since, turns: Vec<TurnTrees>) -> Result<Vec<FileStory>, VcsError> {
        let git = self.git().await?;
        let base = oid(&since.base)?;
        let (now, _) = self.until(&since).await?;
        let trees = |turn: &TurnTrees| {
            Ok::<_, VcsError>(vcs::TurnTrees { before: oid(&turn.before)?, after: oid(&turn.after)? })
        };
        let turns = turns.iter().map(trees).collect::<Result<Vec<_>, _>>()?;
        let story = Story { base: &base, turns: &turns, now: &now };
        let told = self.said(git.attribute(&since.worktree, story).await)?;
        Ok(told.into_iter().map(story_of).collect())
    }
}

impl Work for GitVcs {
    fn checkpoint(&self, worktree: PathBuf, name: CheckpointName) -> Later<'_, Result<String, VcsError>> {
        Box::pin(async move {
            let made = self.git().await?.checkpoint(&worktree, &named(name)?, None).await;
            Ok(self.said(made)?.checkpoint.commit.to_string())
        })
    }

    fn last_checkpoint(&self, worktree: PathBuf, of: WorkspaceId) -> Later<'_, Result<u64, VcsError>> {
        Box::pin(async move {
            let all = self.said(self.git().await?.checkpoints(&worktree, &of.to_string()).await)?;
            Ok(all.last().map_or(0, |last| last.number))
        })
    }

    fn delete_checkpoints(
        &self,
        repository: PathBuf,
        of: WorkspaceId,
        numbers: Vec<u64>,
    ) -> Later<'_, Result<(), VcsError>> {
        Box::pin(async move {
            let git = self.git().await?;
            self.said(git.delete_checkpoints(&repository, &of.to_string(), &numbers).await)
        })
    }

    fn approve(&self, review: Review, words: CommitWords) -> Later<'_, Result<Option<String>, VcsError>> {
        Box::pin(async move {
            let (base, picks) = self.judged(&review).await?;
            let seen = vcs::Review { worktree: &review.since.worktree, base: &base, picks: &picks };
            let approved = self.git().await?.approve(seen, &review.branch, &worded(words)).await;
            Ok(match self.said(approved)? {
                vcs::Approved::Committed(commit) => Some(commit.to_string()),
                vcs::Approved::NothingNew(_) => None,
            })
        })
    }

    fn reject(&self, review: Review, undo: CheckpointName) -> Later<'_, Result<String, VcsError>> {
        Box::pin(async move {
            let (base, picks) = self.judged(&review).await?;
            let seen = vcs::Review { worktree: &review.since.worktree, base: &base, picks: &picks };
            let restored = self.git().await?.reject(seen, &named(undo)?).await;
            Ok(self.said(restored)?.undo.commit.to_string())
        })
    }

    fn revert(
        &self,
        way: Way,
        commit: String,
        words: CommitWords,
        undo: CheckpointName,
    ) -> Later<'_, Result<Reverted, VcsError>> {
        Box::pin(async move {
            let commit = oid(&commit)?;
            let git = self.git().await?;
            let reverted =
                git.revert(&way.worktree, (&way.branch, &commit), &worded(words), &named(undo)?).await;
            match self.said(reverted)? {
                vcs::Reverted::Done { commit, files } => {
                    Ok(Reverted { commit: commit.to_string(), undo: files.undo.commit.to_string() })
                }
                vcs::Reverted::Conflicts(files) => Err(VcsError::Conflicts { files }),
            }
        })
    }

    fn restore(
        &self,
        worktree: PathBuf,
        moment: String,
        undo: CheckpointName,
    ) -> Later<'_, Result<String, VcsError>> {
        Box::pin(async move {
            let restored = self.git().await?.restore(&worktree, &oid(&moment)?, &named(undo)?).await;
            Ok(self.said(restored)?.undo.commit.to_string())
        })
    }

    fn preview(&self, worktree: PathBuf, moment: String) -> Later<'_, Result<Changes, VcsError>> {
        Box::pin(async move {
            let found = self.git().await?.preview(&worktree, &oid(&moment)?).await;
            Ok(listed(&self.said(found)?))
        })
    }

    fn land(&self, way: Way, words: CommitWords) -> Later<'_, Result<Landed, VcsError>> {
        Box::pin(self.land_work(way, words))
    }

    fn bring_in(&self, way: Way, words: CommitWords) -> Later<'_, Result<BroughtIn, VcsError>> {
        Box::pin(self.bring_base(way, words))
    }

    fn settle(&self, worktree: PathBuf, path: String, how: Settle) -> Later<'_, Result<(), VcsError>> {
        Box::pin(async move {
            let how = match how {
                Settle::Ours => vcs::Settle::Ours,
                Settle::Theirs => vcs::Settle::Theirs,
                Settle::AsItIs => vcs::Settle::AsItIs,
            };
            self.said(self.git().await?.settle(&worktree, &path, how).await)
        })
    }

    fn finish_merge(&self, way: Way, words: CommitWords) -> Later<'_, Result<String, VcsError>> {
        Box::pin(async move {
            let merged = self.git().await?.finish_merge(&way.worktree, &way.branch, &worded(words)).await;
            Ok(self.said(merged)?.to_string())
        })
    }

    fn abort_merge(&self, worktree: PathBuf, undo: CheckpointName) -> Later<'_, Result<String, VcsError>> {
        Box::pin(async move {
            let kept = self.git().await?.abort_merge(&worktree, &named(undo)?).await;
            Ok(self.said(kept)?.commit.to_string())
        })
    }

    fn attribute(&self, since: Since, turns: Vec<TurnTrees>) -> Later<'_, Result<Vec<FileStory>, VcsError>> {
        Box::pin(self.tell_makers(since, turns))
    }

    fn risks(&self, way: Way) -> Later<'_, Vec<Risk>> {
        Box::pin(async move {
            let git = match self.git().await {
                Ok(git) => git,
                Err(error) => return vec![unknown(RiskKind::Uncommitted, error.to_string())],
            };
            let standing = Standing {
                repository: &way.repository,
                worktree: &way.worktree,
                branch: &way.branch,
                base: &way.base_branch,
            };
            risks(git, standing).await
        })
    }

    fn rename_branch(&self, way: Way, name: String) -> Later<'_, Result<String, VcsError>> {
        Box::pin(async move {
            self.said(self.git().await?.rename_branch(&way.repository, &way.branch, &name).await)
        })
    }

    fn remove_worktree(&self, way: Way) -> Later<'_, Result<(), VcsError>> {
        Box::pin(async move {
            let git = self.git().await?;
            self.said(git.remove_worktree(&way.repository, &way.worktree, Removal::DiscardChanges).await)
        })
    }

    fn disk_use(&self, folder: PathBuf) -> Later<'_, Result<u64, VcsError>> {
        Box::pin(async move { Ok(self.said(self.git().await?.disk_use(&folder).await)?.bytes) })
    }

    fn folder(&self, worktree: PathBuf, path: String) -> Later<'_, Result<FolderList, VcsError>> {
        Box::pin(async move {
            let refused = |refused| refusal(refused, &path);
            let root = WorktreeRoot::open(&worktree).map_err(refused)?;
            let listed = root.list(Path::new(&path), limits::FOLDER_ENTRIES).await.map_err(refused)?;
            Ok(FolderList { entries: listed.entries.into_iter().map(entry).collect(), cut: listed.cut })
        })
    }

    fn write_file(&self, worktree: PathBuf, draft: FileDraft) -> Later<'_, Result<(), VcsError>> {
        Box::pin(async move {
            let FileDraft { path, text, was } = draft;
            let refused = |refused| refusal(refused, &path);
            let root = WorktreeRoot::open(&worktree).map_err(refused)?;
            let now = match root.read_text(Path::new(&path), limits::FILE_TEXT_BYTES).await {
                Ok(text) => Some(ports::chain::hex_digest(text.as_bytes())),
                Err(PathRefused::Missing) => None,
                Err(error) => return Err(refused(error)),
            };
            if now != was {
                return Err(VcsError::Stale { why: overtaken(&path, now.as_deref()) });
            }
            root.write_text(Path::new(&path), text).await.map_err(refused)
        })
    }
}

/// Why nothing was written: `now` is what is there.
fn overtaken(path: &str, now: Option<&str>) -> String {
    match now {
        Some(_) => format!(
            "{path} is another than when it was opened. It was left as it is; read it again and put your changes into it."
        ),
        None => format!(
            "{path} is not there any more. Nothing was written; save it as a new file if you want it back."
        ),
    }
}

pub(super) fn refusal(refused: PathRefused, path: &str) -> VcsError {
    match refused {
        PathRefused::Missing => VcsError::FileMissing { path: path.to_owned() },
        other => VcsError::FileRefused { why: other.to_string() },
    }
}

fn named(name: CheckpointName) -> Result<vcs::CheckpointName, VcsError> {
    let malformed = |_| VcsError::Failed { detail: "the workspace has no good id".to_owned() };
    vcs::CheckpointName::new(&name.workspace.to_string(), name.number).map_err(malformed)
}

fn worded(words: CommitWords) -> vcs::CommitWords {
    vcs::CommitWords { message: words.message, author: None, trailers: words.trailers }
}

fn picks(picks: &ChangePicks) -> Result<Picks, VcsError> {
    let id = |id: &str| vcs::ChangeId::from_text(id);
    Ok(match picks {
        ChangePicks::All { seen } => Picks::All { seen: oid(seen)? },
        ChangePicks::These { picks } => Picks::These(
            picks
                .iter()
                .map(|pick| match pick {
                    ChangePick::File { path, id: of } => Pick::File { path: path.clone(), id: id(of) },
                    ChangePick::Hunk { path, id: of } => Pick::Hunk { path: path.clone(), id: id(of) },
                })
                .collect(),
        ),
    })
}

fn story_of(told: vcs::Attributed) -> FileStory {
    let by = |maker: Maker| match maker {
        Maker::Turn(at) => Some(at),
        Maker::Hand => None,
    };
    let line = |line: vcs::AttributedLine| {
        let how = match line.kind {
            LineKind::Same => LineHow::Same,
            LineKind::Added => LineHow::Added,
            LineKind::Removed => LineHow::Removed,
        };
        LineStory { how, number: small(line.number), by: by(line.by) }
    };
    FileStory {
        path: told.path,
        makers: told.makers.into_iter().map(by).collect(),
        lines: told.lines.into_iter().map(line).collect(),
    }
}

async fn risks(git: &Git, standing: Standing<'_>) -> Vec<Risk> {
    let report = git.risks(standing).await;
    let kinds = [
        (RiskKind::Uncommitted, report.uncommitted),
        (RiskKind::Untracked, report.untracked),
        (RiskKind::Submodules, report.submodules),
        (RiskKind::Adrift, report.adrift),
        (RiskKind::Unmerged, report.unmerged),
        (RiskKind::Unpushed, report.unpushed),
    ];
    let risk = |(kind, check)| match check {
        Check::Clear => None,
        Check::Found { count, first } => {
            Some(Risk { kind, found: RiskFound::Some { count: small(count), first } })
        }
        Check::Unknown { why } => Some(unknown(kind, why)),
    };
    kinds.into_iter().filter_map(risk).collect()
}

fn unknown(kind: RiskKind, why: String) -> Risk {
    Risk { kind, found: RiskFound::Unknown { why } }
}

fn entry(entry: vcs::Entry) -> FolderEntry {
    let kind = match entry.kind {
        vcs::EntryKind::Folder => EntryKind::Folder,
        vcs::EntryKind::File => EntryKind::File,
        vcs::EntryKind::Link => EntryKind::Link,
        vcs::EntryKind::Other => EntryKind::Other,
    };
    FolderEntry { name: entry.name, kind, bytes: entry.bytes }
}

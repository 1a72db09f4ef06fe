//! The host's port to git.

use std::path::{Path, PathBuf};

use super::changes;
use model::{Changes, FileChange};
use ports::Later;
use ports::exchange::Exchange;
use ports::vcs::{ChangeView, FileList, FileWatch, Repository, Since, Vcs, VcsError, Worktree};
use ports::work::Work;
use tokio::sync::OnceCell;
use vcs::{BRANCH_PREFIX, Base, Git, GitError, Head, NewWorktree, Paths, branch_slug};

/// Of a worktree, for finding one by name: more than any repository that people open has.
const FILES: usize = 500_000;

/// A worktree that is to be made.
struct New {
    parent: PathBuf,
    name: String,
    base: Base,
}

pub struct GitVcs {
    /// Found when first needed, and looked for again while it is missing.
    git: OnceCell<Git>,
    /// Taken out of what people read (LO8).
    home: Paths,
}

impl GitVcs {
    pub fn new(home: Option<PathBuf>) -> Self {
        let home: Vec<PathBuf> = home.into_iter().collect();
        Self { git: OnceCell::new(), home: Paths::new(&[], &home) }
    }

    pub(super) async fn git(&self) -> Result<&Git, VcsError> {
        self.git.get_or_try_init(Git::find).await.map_err(|error| self.say(error))
    }

    pub(super) async fn look(&self, path: &Path) -> Result<Repository, VcsError> {
        let facts = self.git().await?.inspect(path).await.map_err(|error| self.say(error))?;
        facts.starting_point().map_err(|error| self.say(error))?;
        let name = facts.root.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(Repository { name: name.unwrap_or_else(|| "repository".to_owned()), root: facts.root })
    }

    async fn make(&self, repository: PathBuf, place: New) -> Result<Worktree, VcsError> {
        let git = self.git().await?;
        let New { parent, name, base } = place;
        let branch = branch_slug(&name);
        let path = parent.join(branch.trim_start_matches(BRANCH_PREFIX).replace('/', "-"));
        let facts = git.inspect(&repository).await.map_err(|error| self.say(error))?;
        let base_branch = match facts.head {
            Head::Branch { name, .. } => Some(name),
            Head::Detached { .. } | Head::Unborn { .. } => None,
        };
        let new = NewWorktree { repository, path, name, base };
        let made = git.create_worktree(new).await.map_err(|error| self.say(error))?;
        Ok(Worktree { path: made.path, branch: made.branch, base: made.base.to_string(), base_branch })
    }

    async fn unmake(&self, repository: PathBuf, made: Worktree) {
        let (Ok(git), Ok(base)) = (self.git().await, made.base.parse()) else { return };
        git.undo_worktree(&repository, vcs::Worktree { path: made.path, branch: made.branch, base }).await;
    }

    pub(super) fn say(&self, error: GitError) -> VcsError {
        match error {
            GitError::GitMissing { .. } => VcsError::GitMissing,
            GitError::PathMissing { path } => VcsError::PathMissing { path },
            GitError::NotARepository { path } => VcsError::NotARepository { path },
            GitError::Bare { path } => VcsError::Bare { path },
            GitError::NoCommits { path } => VcsError::NoCommits { path },
            GitError::NotChanged { path } => VcsError::FileMissing { path },
            GitError::TooLarge { .. } => VcsError::FileRefused { why: error.to_string() },
            other => self.say_more(&other),
        }
    }
}

impl GitVcs {
    /// Of errors that say themselves what is safe and what to do.
    fn say_more(&self, error: &GitError) -> VcsError {
        let why = self.home.relativise(&error.to_string());
        match error {
            GitError::Changed { .. } | GitError::ChangedMeanwhile { .. } | GitError::UnknownObject { .. } => {
                VcsError::Stale { why }
            }
            GitError::NotDivisible { .. }
            | GitError::IdentityMissing
            | GitError::MessageEmpty
            | GitError::OffBranch { .. }
            | GitError::Unfinished { .. }
            | GitError::CommitRefused { .. }
            | GitError::UnknownBranch { .. }
            | GitError::CheckoutDirty { .. }
            | GitError::StillInConflict { .. }
            | GitError::NoMerge
            | GitError::FolderClosed { .. }
            | GitError::Unwatched { .. }
            | GitError::InTheWay { .. }
            | GitError::NotAWorktree { .. }
            | GitError::PathTaken { .. }
            | GitError::PlaceTaken { .. }
            | GitError::CloneAddress { .. }
            | GitError::CloneDenied { .. }
            | GitError::CloneFailed { .. }
            | GitError::NoRemote { .. }
            | GitError::PushBehind { .. }
            | GitError::PushDenied { .. }
            | GitError::PushFailed { .. }
            | GitError::GhMissing
            | GitError::PullRefused { .. } => VcsError::Refused { why },
            _ => VcsError::Failed { detail: why },
        }
    }
}

impl Vcs for GitVcs {
    fn inspect(&self, path: &Path) -> Later<'_, Result<Repository, VcsError>> {
        let path = path.to_owned();
        Box::pin(async move { self.look(&path).await })
    }

    fn create_worktree(
        &self,
        repository: &Path,
        parent: &Path,
        name: &str,
    ) -> Later<'_, Result<Worktree, VcsError>> {
        let place = New { parent: parent.to_owned(), name: name.to_owned(), base: Base::Head };
        Box::pin(self.make(repository.to_owned(), place))
    }

    fn work(&self) -> &dyn Work {
        self
    }

    fn exchange(&self) -> &dyn Exchange {
        self
    }

    fn create_worktree_at(
        &self,
        repository: PathBuf,
        (parent, name): (PathBuf, String),
        like: PathBuf,
    ) -> Later<'_, Result<Worktree, VcsError>> {
        Box::pin(async move {
            let head = self.git().await?.head_oid(&like).await.map_err(|error| self.say(error))?;
            self.make(repository, New { parent, name, base: Base::Commit(head) }).await
        })
    }

    fn undo_worktree(&self, repository: &Path, made: Worktree) -> Later<'_, ()> {
        Box::pin(self.unmake(repository.to_owned(), made))
    }

    fn list_files(&self, worktree: &Path) -> Later<'_, Result<FileList, VcsError>> {
        let worktree = worktree.to_owned();
        Box::pin(async move {
            let listed = self.git().await?.list_files(&worktree, FILES).await;
            let listed = listed.map_err(|error| self.say(error))?;
            Ok(FileList { paths: listed.paths, cut: listed.omitted > 0 })
        })
    }

    fn changes(&self, since: Since) -> Later<'_, Result<Changes, VcsError>> {
        Box::pin(self.tell_changes(since))
    }

    fn file_change(
        &self,
        since: Since,
        path: String,
        view: ChangeView,
    ) -> Later<'_, Result<FileChange, VcsError>> {
        Box::pin(self.tell_file_change(since, path, view))
    }

    fn read_file(&self, worktree: PathBuf, path: String) -> Later<'_, Result<String, VcsError>> {
        Box::pin(changes::read(worktree, path))
    }

    fn watch(&self, worktree: PathBuf) -> Later<'_, Result<FileWatch, VcsError>> {
        Box::pin(async move {
            let ears = self.git().await?.watch(&worktree).await.map_err(|error| self.say(error))?;
            Ok(FileWatch { changes: ears.changes(), ears: Box::new(ears) })
        })
    }

    fn create_sample(&self, path: &Path) -> Later<'_, Result<Repository, VcsError>> {
        let path = path.to_owned();
        Box::pin(async move {
            let git = self.git().await?;
            git.create_sample_repository(&path).await.map_err(|error| self.say(error))?;
            self.look(&path).await
        })
    }

    fn undo_sample(&self, path: &Path) -> Later<'_, ()> {
        let path = path.to_owned();
        Box::pin(async move {
            if let Err(error) = tokio::fs::remove_dir_all(&path).await {
                tracing::warn!(%error, "a sample nobody has seen is left");
            }
        })
    }
}

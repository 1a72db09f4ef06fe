//! Git worktrees, as the host needs them.

use std::path::{Path, PathBuf};

use model::{Changes, FileChange};
use tokio::sync::watch;

use crate::Later;
use crate::exchange::{Exchange, NoExchange};
use crate::work::{NoWork, Work};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repository {
    /// Canonical top level of the checkout.
    pub root: PathBuf,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worktree {
    pub path: PathBuf,
    pub branch: String,
    /// Commit it started from, hex.
    pub base: String,
    /// The branch that the repository was on.
    pub base_branch: Option<String>,
}

/// Files of a worktree, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileList {
    /// Relative to the worktree, `/` between folders.
    pub paths: Vec<String>,
    /// There are more than are listed.
    pub cut: bool,
}

/// A worktree, and what its files are compared with: each a commit or a tree, in hex.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    pub worktree: PathBuf,
    pub base: String,
    /// Instead of the files as they are now.
    pub until: Option<String>,
}

/// Whether the files of a worktree have changed, as long as this is kept.
pub struct FileWatch {
    /// How many there were. Closed when nothing more is heard.
    pub changes: watch::Receiver<u64>,
    /// What listens, until it is dropped.
    pub ears: Box<dyn Send + Sync>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangeView {
    /// Unchanged lines around a change.
    pub context: u32,
    pub ignore_whitespace: bool,
}

/// Each says what happened, what is safe and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VcsError {
    #[error("There is no folder at {path}. Nothing was changed; check the path.")]
    PathMissing { path: PathBuf },
    #[error("{path} is not a git repository. Run `git init` there first, or choose another folder.")]
    NotARepository { path: PathBuf },
    #[error("{path} is a bare repository: it has no files to work on. Clone it and add the clone.")]
    Bare { path: PathBuf },
    #[error("The repository has no commits yet. Make a first commit, then try again.")]
    NoCommits { path: PathBuf },
    #[error("git was not found. Install it (e.g. `sudo apt-get install git`) and try again.")]
    GitMissing,
    #[error("There is no {path} there, or no change of it.")]
    FileMissing { path: String },
    #[error("{why}")]
    FileRefused { why: String },
    /// What was decided about is not there any more as it was seen.
    #[error("{why}")]
    Stale { why: String },
    /// It could be done after something else is done; says what.
    #[error("{why}")]
    Refused { why: String },
    #[error("In conflict: {}. Nothing was changed. Bring the base branch into the workspace, settle them there, and try again.", files.join(", "))]
    Conflicts { files: Vec<String> },
    #[error("git could not do it: {detail}. Nothing was changed.")]
    Failed { detail: String },
}

pub trait Vcs: Send + Sync {
    /// What is done to the work in a worktree.
    fn work(&self) -> &dyn Work {
        &NoWork
    }

    /// What comes from other places and goes to them.
    fn exchange(&self) -> &dyn Exchange {
        &NoExchange
    }

    /// A new worktree as [`Vcs::create_worktree`] makes it, that begins where another one stands.
    fn create_worktree_at(
        &self,
        repository: PathBuf,
        _place: (PathBuf, String),
        _like: PathBuf,
    ) -> Later<'_, Result<Worktree, VcsError>> {
        Box::pin(async move { Err(VcsError::NotARepository { path: repository }) })
    }

    fn inspect(&self, path: &Path) -> Later<'_, Result<Repository, VcsError>>;

    /// A new worktree under `parent` on a new branch named after `name`. All or nothing.
    fn create_worktree(
        &self,
        repository: &Path,
        parent: &Path,
        name: &str,
    ) -> Later<'_, Result<Worktree, VcsError>>;

    /// Takes back a worktree nobody has worked in, and its branch. What can't be taken back is logged.
    fn undo_worktree(&self, repository: &Path, made: Worktree) -> Later<'_, ()>;

    /// Tracked files and new ones, without what git ignores.
    fn list_files(&self, worktree: &Path) -> Later<'_, Result<FileList, VcsError>>;

    /// Committed or not, tracked or new, without what git ignores. Touches nothing.
    fn changes(&self, since: Since) -> Later<'_, Result<Changes, VcsError>> {
        Box::pin(async move { Err(VcsError::NotARepository { path: since.worktree }) })
    }

    /// By the name that the file has or had.
    fn file_change(&self, _: Since, path: String, _: ChangeView) -> Later<'_, Result<FileChange, VcsError>> {
        Box::pin(async move { Err(VcsError::FileMissing { path }) })
    }

    /// Of a text file below the worktree, by a path that does not leave it.
    fn read_file(&self, _: PathBuf, path: String) -> Later<'_, Result<String, VcsError>> {
        Box::pin(async move { Err(VcsError::FileMissing { path }) })
    }

    /// Of what git does not ignore, and of commits.
    fn watch(&self, worktree: PathBuf) -> Later<'_, Result<FileWatch, VcsError>> {
        Box::pin(async move { Err(VcsError::NotARepository { path: worktree }) })
    }

    /// Makes the repository that the rehearsal agent plays on.
    fn create_sample(&self, path: &Path) -> Later<'_, Result<Repository, VcsError>>;

    /// Takes back a sample nobody has worked in.
    fn undo_sample(&self, path: &Path) -> Later<'_, ()>;
}

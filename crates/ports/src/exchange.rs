//! What comes from other places and goes to them, and worktrees that were made by hand, as the host needs it.

use std::path::PathBuf;

use model::{FoundWorktree, HostFolder};

use crate::Later;
use crate::vcs::{Repository, Since, VcsError, Worktree};
use crate::work::Way;

/// Where a branch would be pushed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    pub remote: String,
    /// What it followed when it was pushed before, such as `origin/work`.
    pub upstream: Option<String>,
    /// The program that opens pull requests is there.
    pub can_ask: bool,
}

/// A pull request, before it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    pub title: String,
    pub body: String,
}

/// A file before and after its change; `None` where there was no file.
pub type BothSides = (Option<Vec<u8>>, Option<Vec<u8>>);

/// What folders are in one of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostFolders {
    pub path: PathBuf,
    /// By name.
    pub folders: Vec<HostFolder>,
    /// There are more than are listed.
    pub cut: bool,
}

/// Each does all that it says, or nothing.
pub trait Exchange: Send + Sync {
    /// From an address or a path, by the person's own git. Nothing, or an empty folder, may be at `into`.
    fn clone_repository(&self, from: String, into: PathBuf) -> Later<'_, Result<Repository, VcsError>>;

    /// The worktrees of a repository beside its own checkout, with whatever lies in the folder `ours` and belongs to
    /// no repository any more; none of `known`.
    fn worktrees(
        &self,
        repository: PathBuf,
        ours: PathBuf,
        known: Vec<PathBuf>,
    ) -> Later<'_, Result<Vec<FoundWorktree>, VcsError>>;

    /// A worktree that somebody made, as a workspace begins with it.
    fn describe(&self, worktree: PathBuf) -> Later<'_, Result<Worktree, VcsError>>;

    fn target(&self, way: Way) -> Later<'_, Result<Target, VcsError>>;

    /// Never by force. Answers the remote.
    fn push(&self, way: Way) -> Later<'_, Result<String, VcsError>>;

    /// Pushes, and opens a pull request to the base branch. Answers its address.
    fn ask(&self, way: Way, wish: Wish) -> Later<'_, Result<String, VcsError>>;

    /// Each of at most `limit` bytes.
    fn both_sides(&self, since: Since, path: String, limit: u64) -> Later<'_, Result<BothSides, VcsError>>;

    /// A file below the worktree, by a path that does not leave it.
    fn read_bytes(&self, worktree: PathBuf, path: String, limit: u64)
    -> Later<'_, Result<Vec<u8>, VcsError>>;

    /// Of the person's home unless told otherwise.
    fn folders(&self, path: Option<PathBuf>) -> Later<'_, Result<HostFolders, VcsError>>;
}

/// Where there is nothing but this machine.
pub struct NoExchange;

impl Exchange for NoExchange {
    fn clone_repository(&self, _: String, into: PathBuf) -> Later<'_, Result<Repository, VcsError>> {
        nothing(into)
    }

    fn worktrees(
        &self,
        _: PathBuf,
        _: PathBuf,
        _: Vec<PathBuf>,
    ) -> Later<'_, Result<Vec<FoundWorktree>, VcsError>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn describe(&self, worktree: PathBuf) -> Later<'_, Result<Worktree, VcsError>> {
        nothing(worktree)
    }

    fn target(&self, way: Way) -> Later<'_, Result<Target, VcsError>> {
        nothing(way.worktree)
    }

    fn push(&self, way: Way) -> Later<'_, Result<String, VcsError>> {
        nothing(way.worktree)
    }

    fn ask(&self, way: Way, _: Wish) -> Later<'_, Result<String, VcsError>> {
        nothing(way.worktree)
    }

    fn both_sides(&self, since: Since, _: String, _: u64) -> Later<'_, Result<BothSides, VcsError>> {
        nothing(since.worktree)
    }

    fn read_bytes(&self, _: PathBuf, path: String, _: u64) -> Later<'_, Result<Vec<u8>, VcsError>> {
        Box::pin(async move { Err(VcsError::FileMissing { path }) })
    }

    fn folders(&self, path: Option<PathBuf>) -> Later<'_, Result<HostFolders, VcsError>> {
        nothing(path.unwrap_or_default())
    }
}

fn nothing<'a, T: Send + 'a>(path: PathBuf) -> Later<'a, Result<T, VcsError>> {
    Box::pin(async move { Err(VcsError::NotARepository { path }) })
}

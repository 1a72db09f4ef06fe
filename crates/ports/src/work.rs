//! What people do with the work in a worktree, as the host needs it. Object ids are hex, and the host's own.

use std::path::PathBuf;

use model::{ChangePicks, Changes, FolderEntry, LineHow, Risk, Settle, WorkspaceId};

use crate::Later;
use crate::vcs::{Since, VcsError};

/// A checkpoint that is to be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckpointName {
    pub workspace: WorkspaceId,
    pub number: u64,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommitWords {
    pub message: String,
    /// Lines at the end, such as `Co-authored-by`.
    pub trailers: Vec<(String, String)>,
}

/// Changes as somebody saw them, on the branch that the worktree is to be on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    pub since: Since,
    pub branch: String,
    pub picks: ChangePicks,
}

/// Where work is to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    pub repository: PathBuf,
    pub worktree: PathBuf,
    pub branch: String,
    pub base_branch: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Landed {
    /// The base branch is at this commit now.
    At(String),
    /// It had all of it already.
    NothingNew,
    /// Nothing was changed.
    Conflicts(Vec<String>),
}

/// The base branch in a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtIn {
    /// Where the base branch is.
    pub base: String,
    /// Where the workspace's branch is.
    pub commit: String,
    /// Of a merge that waits to be finished.
    pub conflicts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reverted {
    pub commit: String,
    /// The checkpoint of the files before.
    pub undo: String,
}

/// The trees of one turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnTrees {
    pub before: String,
    pub after: String,
}

/// Who has a part in a file's change: turns by their place in the list, or a hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileStory {
    pub path: String,
    pub makers: Vec<Option<usize>>,
    pub lines: Vec<LineStory>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineStory {
    pub how: LineHow,
    pub number: u32,
    pub by: Option<usize>,
}

/// What is in a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderList {
    /// Folders first, then by name.
    pub entries: Vec<FolderEntry>,
    /// There are more than are listed.
    pub cut: bool,
}

/// A file as it is written by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileDraft {
    pub path: String,
    pub text: String,
    /// The SHA-256 (hex) of what was read; `None` where there must be no such file yet.
    pub was: Option<String>,
}

/// Everything that is done to the work of a workspace beside making it. Each changes all that it says, or nothing.
pub trait Work: Send + Sync {
    /// Keeps the worktree as it is now, and answers the commit that it is kept as (WS2).
    fn checkpoint(&self, worktree: PathBuf, _: CheckpointName) -> Later<'_, Result<String, VcsError>> {
        nothing(worktree)
    }

    /// The highest number that is taken; 0 when there is none.
    fn last_checkpoint(&self, worktree: PathBuf, _: WorkspaceId) -> Later<'_, Result<u64, VcsError>> {
        nothing(worktree)
    }

    fn delete_checkpoints(
        &self,
        repository: PathBuf,
        _: WorkspaceId,
        _: Vec<u64>,
    ) -> Later<'_, Result<(), VcsError>> {
        nothing(repository)
    }

    /// The commit, or `None` when the branch has all of it (WS7).
    fn approve(&self, review: Review, _: CommitWords) -> Later<'_, Result<Option<String>, VcsError>> {
        nothing(review.since.worktree)
    }

    /// The checkpoint of what was there (WS8).
    fn reject(&self, review: Review, _: CheckpointName) -> Later<'_, Result<String, VcsError>> {
        nothing(review.since.worktree)
    }

    /// Takes `commit` of the branch back (WS9).
    fn revert(
        &self,
        way: Way,
        _commit: String,
        _: CommitWords,
        _: CheckpointName,
    ) -> Later<'_, Result<Reverted, VcsError>> {
        nothing(way.worktree)
    }

    /// The checkpoint of what was there (WS3).
    fn restore(
        &self,
        worktree: PathBuf,
        _moment: String,
        _: CheckpointName,
    ) -> Later<'_, Result<String, VcsError>> {
        nothing(worktree)
    }

    /// What [`Work::restore`] would do. Changes nothing.
    fn preview(&self, worktree: PathBuf, _moment: String) -> Later<'_, Result<Changes, VcsError>> {
        nothing(worktree)
    }

    /// To the base branch (WS10).
    fn land(&self, way: Way, _: CommitWords) -> Later<'_, Result<Landed, VcsError>> {
        nothing(way.worktree)
    }

    /// From the base branch (WS11).
    fn bring_in(&self, way: Way, _: CommitWords) -> Later<'_, Result<BroughtIn, VcsError>> {
        nothing(way.worktree)
    }

    fn settle(&self, worktree: PathBuf, _path: String, _: Settle) -> Later<'_, Result<(), VcsError>> {
        nothing(worktree)
    }

    /// The commit of the merge.
    fn finish_merge(&self, way: Way, _: CommitWords) -> Later<'_, Result<String, VcsError>> {
        nothing(way.worktree)
    }

    /// The checkpoint of what was there.
    fn abort_merge(&self, worktree: PathBuf, _: CheckpointName) -> Later<'_, Result<String, VcsError>> {
        nothing(worktree)
    }

    /// Of the changes since then, file by file (WS15).
    fn attribute(&self, since: Since, _: Vec<TurnTrees>) -> Later<'_, Result<Vec<FileStory>, VcsError>> {
        nothing(since.worktree)
    }

    /// Those that were found; a check that fails is one (WS12).
    fn risks(&self, way: Way) -> Later<'_, Vec<Risk>> {
        drop(way);
        Box::pin(async { Vec::new() })
    }

    /// Answers the branch's new name: the first that is free (WS13).
    fn rename_branch(&self, way: Way, _name: String) -> Later<'_, Result<String, VcsError>> {
        nothing(way.worktree)
    }

    /// Takes the worktree away with all that is not committed; its branch stays.
    fn remove_worktree(&self, way: Way) -> Later<'_, Result<(), VcsError>> {
        nothing(way.worktree)
    }

    /// In bytes.
    fn disk_use(&self, folder: PathBuf) -> Later<'_, Result<u64, VcsError>> {
        nothing(folder)
    }

    fn folder(&self, worktree: PathBuf, _path: String) -> Later<'_, Result<FolderList, VcsError>> {
        nothing(worktree)
    }

    /// By a path that does not leave the worktree (GR7).
    fn write_file(&self, worktree: PathBuf, _: FileDraft) -> Later<'_, Result<(), VcsError>> {
        nothing(worktree)
    }
}

/// Where there is no git.
pub struct NoWork;

impl Work for NoWork {}

fn nothing<'a, T: Send + 'a>(path: PathBuf) -> Later<'a, Result<T, VcsError>> {
    Box::pin(async { Err(VcsError::NotARepository { path }) })
}

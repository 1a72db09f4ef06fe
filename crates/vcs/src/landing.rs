//! Work goes to the base branch, and comes back from it.

use std::path::{Path, PathBuf};

use crate::call::words;
use crate::checkpoint::CheckpointName;
use crate::commit::CommitWords;
use crate::git::Purpose;
use crate::inspect::existing_folder;
use crate::merge::Merged;
use crate::restore::{Restored, Way};
use crate::tree::SnapshotLimits;
use crate::worktree::WorktreeState;
use crate::{Git, GitError, Oid};

/// Bringing a workspace's commits to another branch.
#[derive(Clone, Copy, Debug)]
pub struct Landing<'a> {
    /// The commit that the workspace's branch is at, as it was seen.
    pub from: &'a Oid,
    /// The name of the base branch, without `refs/heads/`.
    pub onto: &'a str,
    pub manner: Manner,
    /// Of the merge commit, if there is to be one.
    pub words: &'a CommitWords,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Without a merge commit where none is needed.
    Plain,
    /// With a merge commit always.
    Merge,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Landed {
    FastForward(Oid),
    Merged(Oid),
    /// The base branch, at this commit, has all of it already.
    NothingNew(Oid),
    /// Nothing was changed.
    Conflicts(Vec<String>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reverted {
    /// The commit that takes the other back, and how the files were before.
    Done { commit: Oid, files: Restored },
    /// Nothing was changed.
    Conflicts(Vec<String>),
}

impl Git {
    /// Moves the base branch on to the work. Where somebody has it checked out, their files move with
    /// it, unless they have changes in the same files: then nothing is changed.
    pub async fn land(&self, repository: &Path, landing: Landing<'_>) -> Result<Landed, GitError> {
        let folder = existing_folder(repository)?;
        let unknown = || GitError::UnknownBranch { branch: landing.onto.into() };
        let tip = self.branch_tip(&folder, landing.onto).await?.ok_or_else(unknown)?;
        if self.is_ancestor(&folder, landing.from, &tip).await? {
            return Ok(Landed::NothingNew(tip));
        }
        let is_straight = self.is_ancestor(&folder, &tip, landing.from).await?;
        if is_straight && landing.manner == Manner::Plain {
            self.advance(&folder, landing.onto, &tip, landing.from).await?;
            return Ok(Landed::FastForward(landing.from.clone()));
        }
        let tree = match self.merge_commits(&folder, &tip, landing.from).await? {
            Merged::Conflicts(files) => return Ok(Landed::Conflicts(files)),
            Merged::Clean(tree) => tree,
        };
        let parents = (&tip, landing.from);
        let merge = self.merge_commit_of_person(&folder, &tree, parents, landing.words).await?;
        self.advance(&folder, landing.onto, &tip, &merge).await?;
        Ok(Landed::Merged(merge))
    }

    /// Takes a commit of the branch back by another one, in the branch and in the files. Changes that
    /// are not committed stay.
    pub async fn revert(
        &self,
        worktree: &Path,
        (branch, commit): (&str, &Oid),
        words: &CommitWords,
        undo: &CheckpointName,
    ) -> Result<Reverted, GitError> {
        let staged = self.stage(worktree, SnapshotLimits::default()).await?;
        let folder = staged.folder.clone();
        let now = self.with_index(&staged.index).write_tree(&folder).await?;
        let head = self.ready_to_commit(&folder, branch).await?;
        let unknown = || GitError::UnknownCommit { path: folder.clone(), oid: commit.to_string() };
        if !self.is_ancestor(&folder, commit, &head).await? {
            return Err(unknown());
        }
        let parent = self.commit(&folder, &format!("{commit}^")).await?.ok_or_else(unknown)?;
        let [was, head_tree, before] = [
            self.tree_of(&folder, commit).await?,
            self.tree_of(&folder, &head).await?,
            self.tree_of(&folder, &parent).await?,
        ];
        let tree = match self.merge_trees(&folder, &was, (&head_tree, &before)).await? {
            Merged::Conflicts(files) => return Ok(Reverted::Conflicts(files)),
            Merged::Clean(tree) => tree,
        };
        let to = match self.merge_trees(&folder, &head_tree, (&now, &tree)).await? {
            Merged::Conflicts(files) => return Ok(Reverted::Conflicts(files)),
            Merged::Clean(tree) => tree,
        };
        let mut way = Way { staged, now, to };
        self.clear(&mut way).await?;
        let made = self.commit_tree_of_person(&folder, &tree, &head, words).await?;
        match self.bring(way, undo).await {
            Ok(files) => Ok(Reverted::Done { commit: made, files }),
            Err(error) => {
                self.take_commit_back(&folder, &made, &head).await;
                Err(error)
            }
        }
    }

    /// The commit that a branch is at, by its name without `refs/heads/`.
    pub async fn tip_of_branch(&self, repository: &Path, branch: &str) -> Result<Oid, GitError> {
        let folder = existing_folder(repository)?;
        let unknown = || GitError::UnknownBranch { branch: branch.into() };
        self.branch_tip(&folder, branch).await?.ok_or_else(unknown)
    }

    pub(crate) async fn branch_tip(&self, folder: &Path, branch: &str) -> Result<Option<Oid>, GitError> {
        let reference = format!("refs/heads/{branch}");
        let call = words(["show-ref", "--verify", "--quiet", "--", &reference]);
        match self.ask(folder, call).await? {
            Some(_) => self.commit(folder, &reference).await,
            None => Ok(None),
        }
    }

    async fn advance(&self, folder: &Path, branch: &str, from: &Oid, to: &Oid) -> Result<(), GitError> {
        let worktrees = self.list_worktrees(folder).await?;
        let checkout = worktrees
            .into_iter()
            .find(|it| it.branch.as_deref() == Some(branch) && it.state == WorktreeState::Present);
        if let Some(checkout) = checkout {
            return self.advance_checkout(checkout.path, branch, to).await;
        }
        let reference = format!("refs/heads/{branch}");
        let call = words(["update-ref", "-m", "conclave: apply", &reference, to.as_str(), from.as_str()]);
        self.run(Purpose::Write, folder, call).await?;
        Ok(())
    }

    async fn advance_checkout(&self, path: PathBuf, branch: &str, to: &Oid) -> Result<(), GitError> {
        self.ready_to_commit(&path, branch).await?;
        let call = words([
            "-c",
            "submodule.recurse=false",
            "merge",
            "--ff-only",
            "--quiet",
            "--no-stat",
            "--no-autostash",
            "--no-overwrite-ignore",
            to.as_str(),
        ]);
        match self.run(Purpose::Write, &path, call).await {
            Ok(_) => Ok(()),
            Err(GitError::Failed { stderr_tail, .. }) if stderr_tail.contains("would be ") => {
                Err(GitError::CheckoutDirty { paths: named(&stderr_tail), path })
            }
            Err(GitError::Failed { stderr_tail, .. }) if stderr_tail.contains("fast-forward") => {
                Err(GitError::ChangedMeanwhile { path })
            }
            Err(other) => Err(other),
        }
    }
}

/// Git names files in the way on lines of their own.
pub(crate) fn named(said: &str) -> Vec<String> {
    said.lines().filter_map(|line| line.strip_prefix('\t')).map(str::to_owned).collect()
}

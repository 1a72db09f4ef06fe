//! What a person decides about the changes of a worktree: to commit them, or to take them back.

use std::path::Path;

use crate::checkpoint::CheckpointName;
use crate::commit::CommitWords;
use crate::compare::{FileChange, Moves};
use crate::picks::{Choice, Chosen, Part, Picks, replace};
use crate::restore::{Restored, Way};
use crate::tree::{SnapshotLimits, Staged};
use crate::{Git, GitError, Oid};

/// Changes as somebody saw them.
#[derive(Clone, Copy, Debug)]
pub struct Review<'a> {
    pub worktree: &'a Path,
    /// The moment that they were compared with: a commit or a tree.
    pub base: &'a Oid,
    pub picks: &'a Picks,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Approved {
    Committed(Oid),
    /// The branch, at this commit, has all of it already.
    NothingNew(Oid),
}

/// A worktree with the two trees that are being judged.
struct Judged {
    staged: Staged,
    base: Oid,
    now: Oid,
}

impl Git {
    /// Commits what was chosen on `branch`, which the worktree must be on. The files stay as they
    /// are; what was not chosen stays uncommitted. Runs the hooks of the repository.
    pub async fn approve(
        &self,
        review: Review<'_>,
        branch: &str,
        words: &CommitWords,
    ) -> Result<Approved, GitError> {
        let judged = self.judged(review).await?;
        let folder = &judged.staged.folder;
        let head = self.ready_to_commit(folder, branch).await?;
        let tree = match review.picks {
            Picks::All { .. } => judged.now.clone(),
            Picks::These(_) => self.approved_tree(&judged, review, &head).await?,
        };
        if tree == self.tree_of(folder, &head).await? {
            return Ok(Approved::NothingNew(head));
        }
        let commit = self.commit_tree_of_person(folder, &tree, &head, words).await?;
        Ok(Approved::Committed(commit))
    }

    /// Takes what was chosen back to the base, in the files alone. What was there is kept first.
    pub async fn reject(&self, review: Review<'_>, undo: &CheckpointName) -> Result<Restored, GitError> {
        let judged = self.judged(review).await?;
        let to = match review.picks {
            Picks::All { .. } => judged.base.clone(),
            Picks::These(_) => self.rejected_tree(&judged, review).await?,
        };
        self.bring(Way { staged: judged.staged, now: judged.now, to }, undo).await
    }

    async fn judged(&self, review: Review<'_>) -> Result<Judged, GitError> {
        let staged = self.stage(review.worktree, SnapshotLimits::default()).await?;
        let now = self.with_index(&staged.index).write_tree(&staged.folder).await?;
        let base = self.tree_of(&staged.folder, review.base).await?;
        match review.picks {
            Picks::All { seen } if self.tree_of(&staged.folder, seen).await? != now => {
                Err(GitError::Changed { path: "Something".into() })
            }
            Picks::All { .. } | Picks::These(_) => Ok(Judged { staged, base, now }),
        }
    }

    async fn approved_tree(&self, judged: &Judged, review: Review<'_>, head: &Oid) -> Result<Oid, GitError> {
        let Picks::These(picks) = review.picks else {
            return Ok(judged.now.clone());
        };
        let folder = &judged.staged.folder;
        let choices = self.choices(folder, (&judged.base, &judged.now), picks).await?;
        let committed = self.differing(folder, &judged.base, head, Moves::Apart).await?;
        let mut entries = Vec::new();
        for choice in &choices {
            let content = match &choice.part {
                Part::Whole => None,
                Part::Hunks(_) if committed.iter().any(|it| it.name == choice.change.old_name) => {
                    return Err(GitError::NotDivisible { path: choice.change.path.clone() });
                }
                Part::Hunks(hunks) => {
                    Some(self.content_with(folder, &choice.change, hunks, Chosen::Yes).await?)
                }
            };
            let side = content.map(|oid| choice.new_with(oid));
            let new = side.as_ref().map(|side| (side, &*choice.change.name));
            entries.extend(replace(choice.before(), new.or(choice.after())));
        }
        self.changed_by(folder, head, &choices, entries).await
    }

    async fn rejected_tree(&self, judged: &Judged, review: Review<'_>) -> Result<Oid, GitError> {
        let Picks::These(picks) = review.picks else {
            return Ok(judged.base.clone());
        };
        let folder = &judged.staged.folder;
        let choices = self.choices(folder, (&judged.base, &judged.now), picks).await?;
        let mut entries = Vec::new();
        for choice in &choices {
            let Part::Hunks(hunks) = &choice.part else {
                entries.extend(replace(choice.after(), choice.before()));
                continue;
            };
            let content = self.content_with(folder, &choice.change, hunks, Chosen::No).await?;
            let side = choice.new_with(content);
            entries.extend(replace(choice.after(), Some((&side, &choice.change.name))));
        }
        self.changed_by(folder, &judged.now, &choices, entries).await
    }

    /// A file that comes in a folder's place would take more with it than was chosen.
    async fn changed_by(
        &self,
        folder: &Path,
        from: &Oid,
        choices: &[Choice],
        entries: Vec<u8>,
    ) -> Result<Oid, GitError> {
        let to = self.with_entries(folder, from, in_order(entries)).await?;
        let changed = self.differing(folder, from, &to, Moves::Apart).await?;
        let was_chosen = |it: &FileChange| {
            choices.iter().any(|choice| [&choice.change.name, &choice.change.old_name].contains(&&it.name))
        };
        match changed.iter().find(|it| !was_chosen(it)) {
            Some(other) => Err(GitError::NotDivisible { path: other.path.clone() }),
            None => Ok(to),
        }
    }
}

/// What goes before what comes: a file may take the place of a folder, or of one that moves.
fn in_order(entries: Vec<u8>) -> Vec<u8> {
    let records = || entries.split_inclusive(|byte| *byte == 0);
    let goes = |it: &&[u8]| it.starts_with(b"0 ");
    records().filter(goes).chain(records().filter(|it| !goes(it))).flatten().copied().collect()
}

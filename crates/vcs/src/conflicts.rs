//! The base branch comes into a workspace, and what of it is in conflict is settled there.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::Path;

use crate::call::words;
use crate::checkpoint::{Checkpoint, CheckpointName};
use crate::commit::CommitWords;
use crate::git::Purpose;
use crate::inspect::existing_folder;
use crate::landing::named;
use crate::{Git, GitError, Oid};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    pub path: String,
    /// What each side has; `None` where the file is not.
    pub base: Option<Oid>,
    pub ours: Option<Oid>,
    pub theirs: Option<Oid>,
    name: Vec<u8>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settle {
    /// As the workspace's branch has it.
    Ours,
    /// As the base branch has it.
    Theirs,
    /// As the file is now.
    AsItIs,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BroughtIn {
    Merged(Oid),
    NothingNew(Oid),
    /// The files carry marks, and the merge waits to be finished or taken back.
    Conflicts(Vec<Conflict>),
}

impl Git {
    /// Merges a commit into the worktree's branch, with the hooks of the repository. Conflicts are
    /// left in the files, for people or the agent to settle.
    pub async fn bring_in(
        &self,
        worktree: &Path,
        (branch, commit): (&str, &Oid),
        words_of: &CommitWords,
    ) -> Result<BroughtIn, GitError> {
        let folder = existing_folder(worktree)?;
        let text = words_of.text()?;
        let head = self.ready_to_commit(&folder, branch).await?;
        self.need_identity(&folder).await?;
        if self.is_ancestor(&folder, commit, &head).await? {
            return Ok(BroughtIn::NothingNew(head));
        }
        let mut call = words(["merge", "--quiet", "--no-stat", "--no-autostash", "--no-overwrite-ignore"]);
        call.extend(words(["-m", &text, commit.as_str()]));
        match self.with_hooks().run(Purpose::Write, &folder, call).await {
            Ok(_) => Ok(BroughtIn::Merged(self.head_oid(&folder).await?)),
            Err(GitError::Failed { stderr_tail, .. }) if stderr_tail.contains("would be overwritten") => {
                Err(GitError::CheckoutDirty { paths: named(&stderr_tail), path: folder })
            }
            Err(GitError::Failed { stderr_tail, .. }) => match self.conflicts(&folder).await? {
                none if none.is_empty() => Err(GitError::CommitRefused { said: stderr_tail }),
                conflicts => Ok(BroughtIn::Conflicts(conflicts)),
            },
            Err(other) => Err(other),
        }
    }

    /// The files of a worktree that are in conflict.
    pub async fn conflicts(&self, worktree: &Path) -> Result<Vec<Conflict>, GitError> {
        let folder = existing_folder(worktree)?;
        self.git_dir(&folder).await?;
        let listing = self.run(Purpose::Read, &folder, words(["ls-files", "-z", "--unmerged"])).await?;
        parse(&listing).ok_or_else(|| GitError::Unreadable { command: "git ls-files".into() })
    }

    /// What is in conflict in a merge that waits to be finished; `None` while none is under way.
    pub async fn merging(&self, worktree: &Path) -> Result<Option<Vec<Conflict>>, GitError> {
        let folder = existing_folder(worktree)?;
        if !self.git_dir(&folder).await?.join("MERGE_HEAD").exists() {
            return Ok(None);
        }
        self.conflicts(&folder).await.map(Some)
    }

    /// Settles one file. What is in it now is kept by the checkpoint that the caller took before.
    pub async fn settle(&self, worktree: &Path, path: &str, how: Settle) -> Result<(), GitError> {
        let folder = existing_folder(worktree)?;
        let conflicts = self.conflicts(&folder).await?;
        let Some(conflict) = conflicts.into_iter().find(|it| it.path == path) else {
            return Err(GitError::NotChanged { path: path.into() });
        };
        let (stage, side) = match how {
            Settle::Ours => ("--stage=2", &conflict.ours),
            Settle::Theirs => ("--stage=3", &conflict.theirs),
            Settle::AsItIs => return self.accept(&folder, conflict.name).await,
        };
        let name = OsString::from_vec(conflict.name.clone());
        if side.is_none() {
            let call = [words(["rm", "--quiet", "--force", "--"]), vec![name]].concat();
            self.run(Purpose::Write, &folder, call).await?;
            return Ok(());
        }
        let call = [words(["checkout-index", "--force", stage, "--"]), vec![name]].concat();
        self.run(Purpose::Write, &folder, call).await?;
        self.accept(&folder, conflict.name).await
    }

    /// Commits a merge whose conflicts are all settled.
    pub async fn finish_merge(
        &self,
        worktree: &Path,
        branch: &str,
        words_of: &CommitWords,
    ) -> Result<Oid, GitError> {
        let folder = existing_folder(worktree)?;
        self.on_branch(&folder, branch).await?;
        let left = self.merging(&folder).await?.ok_or(GitError::NoMerge)?;
        if !left.is_empty() {
            return Err(GitError::StillInConflict { paths: left.into_iter().map(|it| it.path).collect() });
        }
        self.need_identity(&folder).await?;
        self.with_hooks().commit_index(&folder, words_of.text()?).await?;
        self.head_oid(&folder).await
    }

    /// Takes an unfinished merge back. The files as they were are kept first.
    pub async fn abort_merge(&self, worktree: &Path, undo: &CheckpointName) -> Result<Checkpoint, GitError> {
        let kept = self.checkpoint(worktree, undo, None).await?;
        let folder = existing_folder(worktree)?;
        self.run(Purpose::Write, &folder, words(["merge", "--abort"])).await?;
        Ok(kept.checkpoint)
    }

    async fn accept(&self, folder: &Path, mut name: Vec<u8>) -> Result<(), GitError> {
        name.push(0);
        self.take_in(folder, name, &["--add", "--remove"]).await
    }
}

/// Reads `mode id stage TAB path NUL …`
fn parse(listing: &[u8]) -> Option<Vec<Conflict>> {
    let mut found: BTreeMap<Vec<u8>, [Option<Oid>; 3]> = BTreeMap::new();
    for record in listing.split(|byte| *byte == 0).filter(|it| !it.is_empty()) {
        let tab = record.iter().position(|byte| *byte == b'\t')?;
        let (about, name) = (std::str::from_utf8(&record[..tab]).ok()?, &record[tab + 1..]);
        let mut fields = about.split(' ').skip(1);
        let oid = fields.next()?.parse().ok()?;
        let stage: usize = fields.next()?.parse().ok()?;
        *found.entry(name.to_vec()).or_default().get_mut(stage.checked_sub(1)?)? = Some(oid);
    }
    let conflict = |(name, [base, ours, theirs]): (Vec<u8>, [Option<Oid>; 3])| Conflict {
        path: String::from_utf8_lossy(&name).into_owned(),
        base,
        ours,
        theirs,
        name,
    };
    Some(found.into_iter().map(conflict).collect())
}

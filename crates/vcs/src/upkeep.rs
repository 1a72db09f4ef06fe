//! Worktrees as things on a disk: how large, whose, and under which name.

use std::collections::{BTreeSet, HashSet};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use crate::branch::{branch_slug, unused};
use crate::call::words;
use crate::git::Purpose;
use crate::inspect::{Head, existing_folder};
use crate::worktree::WorktreeState;
use crate::{Git, GitError, Oid};

/// How deep below the host's folder worktrees are looked for.
const DEPTH: usize = 3;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DiskUse {
    /// As the disk counts them; what several names share counts once.
    pub bytes: u64,
    pub files: u64,
    /// Folders that could not be read.
    pub unread: u64,
}

/// A worktree in the host's folder that the host does not know. It is only ever reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Orphan {
    pub path: PathBuf,
    /// What it stands on; `None` when git can make nothing of it.
    pub head: Option<Head>,
}

/// A worktree that somebody made, as it would become a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingWorktree {
    pub path: PathBuf,
    /// The checkout that it was made from, or itself.
    pub repository: PathBuf,
    pub branch: String,
    pub head: Oid,
    /// The default branch, and the commit where this one left it.
    pub base: Option<(String, Oid)>,
}

impl Git {
    pub async fn disk_use(&self, folder: &Path) -> Result<DiskUse, GitError> {
        let root = existing_folder(folder)?;
        let counted = tokio::task::spawn_blocking(move || count(&root)).await;
        counted.map_err(|error| GitError::io("Counting files", folder)(error.into()))
    }

    /// Deletes nothing. `known` are the worktrees that the host has workspaces for.
    pub async fn orphans(&self, below: &Path, known: &[PathBuf]) -> Result<Vec<Orphan>, GitError> {
        let folder = existing_folder(below)?;
        let known: BTreeSet<PathBuf> =
            known.iter().map(|it| it.canonicalize().unwrap_or_else(|_| it.clone())).collect();
        let mut found = Vec::new();
        worktrees_below(&folder, DEPTH, &mut found);
        let mut orphans = Vec::new();
        for path in found.into_iter().filter(|it| !known.contains(it)) {
            let head = self.head(&path).await.ok();
            orphans.push(Orphan { path, head });
        }
        orphans.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(orphans)
    }

    pub async fn describe_worktree(&self, path: &Path) -> Result<ExistingWorktree, GitError> {
        let facts = self.inspect(path).await?;
        facts.starting_point()?;
        let Head::Branch { name, oid } = facts.head else {
            return Err(GitError::OffBranch { path: facts.root, branch: "of its own".into() });
        };
        let all = self.list_worktrees(&facts.root).await?;
        let main = all.into_iter().find(|it| it.state == WorktreeState::Present);
        let repository = main.map_or_else(|| facts.root.clone(), |it| it.path);
        let base = match facts.default_branch.filter(|it| *it != name) {
            Some(base) => self.fork_point(&facts.root, &base, &oid).await?.map(|at| (base, at)),
            None => None,
        };
        Ok(ExistingWorktree { path: facts.root, repository, branch: name, head: oid, base })
    }

    /// Gives the branch a name made of the workspace's, the first that is free, and answers it.
    pub async fn rename_branch(
        &self,
        repository: &Path,
        branch: &str,
        name: &str,
    ) -> Result<String, GitError> {
        let folder = existing_folder(repository)?;
        if self.branch_tip(&folder, branch).await?.is_none() {
            return Err(GitError::UnknownBranch { branch: branch.into() });
        }
        let mut taken = self.branches(&folder).await?;
        taken.remove(branch);
        let wanted = unused(&branch_slug(name), &taken);
        if wanted == branch {
            return Ok(wanted);
        }
        let call = words(["branch", "-m", "--end-of-options", branch, &wanted]);
        self.run(Purpose::Write, &folder, call).await?;
        Ok(wanted)
    }

    async fn fork_point(&self, folder: &Path, base: &str, head: &Oid) -> Result<Option<Oid>, GitError> {
        let Some(tip) = self.branch_tip(folder, base).await? else {
            return Ok(None);
        };
        let call = words(["merge-base", tip.as_str(), head.as_str()]);
        Ok(self.ask(folder, call).await?.and_then(|it| it.parse().ok()))
    }
}

fn worktrees_below(folder: &Path, depth: usize, found: &mut Vec<PathBuf>) {
    let Ok(entries) = folder.read_dir() else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if path.is_symlink() || !path.is_dir() {
            continue;
        }
        if path.join(".git").symlink_metadata().is_ok() {
            found.push(path);
        } else if depth > 1 {
            worktrees_below(&path, depth - 1, found);
        }
    }
}

fn count(root: &Path) -> DiskUse {
    let (mut used, mut seen, mut folders) = (DiskUse::default(), HashSet::new(), vec![root.to_owned()]);
    while let Some(folder) = folders.pop() {
        let Ok(entries) = folder.read_dir() else {
            used.unread += 1;
            continue;
        };
        for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
            let Ok(about) = path.symlink_metadata() else { continue };
            if about.is_dir() {
                folders.push(path);
            } else {
                used.files += 1;
            }
            if about.nlink() == 1 || about.is_dir() || seen.insert((about.dev(), about.ino())) {
                used.bytes += about.blocks() * 512;
            }
        }
    }
    used
}

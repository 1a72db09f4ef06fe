use std::collections::BTreeSet;
use std::ffi::OsString;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::branch::{branch_slug, unused};
use crate::call::words;
use crate::git::Purpose;
use crate::inspect::existing_folder;
use crate::{Git, GitError, Oid};

/// How often it is tried again when somebody else is faster.
const ATTEMPTS: u32 = 5;

/// What `create_worktree` is to make.
#[derive(Clone, Debug)]
pub struct NewWorktree {
    pub repository: PathBuf,
    /// Absolute, chosen by the host; nothing, or an empty folder, may be there.
    pub path: PathBuf,
    /// The workspace's display name, of which the branch name is made.
    pub name: String,
    pub base: Base,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// The commit that the repository stands on, on a branch or not.
    Head,
    Commit(Oid),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worktree {
    /// Canonical.
    pub path: PathBuf,
    pub branch: String,
    pub base: Oid,
}

/// One line of the repository's own list, which also names worktrees that are not ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorktreeEntry {
    pub path: PathBuf,
    pub head: Option<Oid>,
    pub branch: Option<String>,
    pub state: WorktreeState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorktreeState {
    Present,
    /// The folder is gone and only git's note of it is left.
    Lost,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    /// Refuse when something is not committed.
    KeepChanges,
    DiscardChanges,
}

impl Git {
    /// Makes a worktree on a new branch. All or nothing: a failure, a timeout or a caller that goes
    /// away leaves neither a folder nor a branch behind.
    pub async fn create_worktree(&self, new: NewWorktree) -> Result<Worktree, GitError> {
        let git = self.clone();
        // In its own task, so that undoing is not cancelled with the caller.
        let made = tokio::spawn(async move { git.create(&new).await });
        made.await.map_err(|error| GitError::io("Making the worktree", "")(error.into()))?
    }

    /// Takes back a worktree that was made for nothing, folder and branch; a branch that has moved on
    /// stays. What can't be taken back is logged.
    pub async fn undo_worktree(&self, repository: &Path, made: Worktree) {
        let reference = format!("refs/heads/{}", made.branch);
        self.undo(repository, &made.path, &reference, &made.base).await;
    }

    /// The repository's worktrees, the checkout itself first.
    pub async fn list_worktrees(&self, repository: &Path) -> Result<Vec<WorktreeEntry>, GitError> {
        let folder = existing_folder(repository)?;
        let call = words(["worktree", "list", "--porcelain"]);
        let listing = self.run(Purpose::Read, &folder, call).await?;
        Ok(entries(&String::from_utf8_lossy(&listing)))
    }

    /// Takes a worktree's folder away. Its branch stays, with all that was committed.
    pub async fn remove_worktree(
        &self,
        repository: &Path,
        path: &Path,
        removal: Removal,
    ) -> Result<(), GitError> {
        let folder = existing_folder(repository)?;
        let wanted = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let known = self.list_worktrees(&folder).await?;
        if !known.iter().skip(1).any(|it| it.path == wanted) {
            return Err(GitError::NotAWorktree { path: wanted });
        }
        let mut call = words(["worktree", "remove"]);
        if removal == Removal::DiscardChanges {
            call.extend(words(["--force", "--force"]));
        }
        call.extend(["--end-of-options".into(), wanted.clone().into_os_string()]);
        match self.run(Purpose::Write, &folder, call).await {
            Ok(_) => Ok(()),
            Err(GitError::Failed { stderr_tail, .. })
                if stderr_tail.contains("contains modified or untracked files") =>
            {
                Err(GitError::WorktreeHasChanges { path: wanted })
            }
            Err(other) => Err(other),
        }
    }

    async fn create(&self, new: &NewWorktree) -> Result<Worktree, GitError> {
        let facts = self.inspect(&new.repository).await?;
        let head = facts.starting_point()?;
        let base = match &new.base {
            Base::Head => head.clone(),
            Base::Commit(oid) => self.known_commit(&facts.root, oid).await?,
        };
        prepare(&new.path)?;
        let wanted = branch_slug(&new.name);
        let mut attempt = 1;
        loop {
            let branch = unused(&wanted, &self.branches(&facts.root).await?);
            match self.add(&facts.root, &new.path, &branch, &base).await {
                Err(error) if attempt < ATTEMPTS && is_overtaken(&error) => attempt += 1,
                Err(error) => return Err(error),
                Ok(path) => return Ok(Worktree { path, branch, base }),
            }
        }
    }

    async fn known_commit(&self, root: &Path, oid: &Oid) -> Result<Oid, GitError> {
        let found = self.commit(root, oid.as_str()).await?;
        found.ok_or_else(|| GitError::UnknownCommit { path: root.to_owned(), oid: oid.to_string() })
    }

    pub(crate) async fn branches(&self, root: &Path) -> Result<BTreeSet<String>, GitError> {
        let call = words(["for-each-ref", "--format=%(refname)", "refs/heads/"]);
        let listing = self.run(Purpose::Read, root, call).await?;
        let text = String::from_utf8_lossy(&listing);
        let name = |line: &str| line.strip_prefix("refs/heads/").map(str::to_owned);
        Ok(text.lines().filter_map(name).collect())
    }

    async fn add(&self, root: &Path, path: &Path, branch: &str, base: &Oid) -> Result<PathBuf, GitError> {
        // The branch first and by itself: then we know that it is ours to take back.
        let reference = format!("refs/heads/{branch}");
        let nothing = "0".repeat(base.as_str().len());
        let call = words(["update-ref", &reference, base.as_str(), &nothing]);
        self.run(Purpose::Write, root, call).await?;

        let mut call = words(["worktree", "add", "--quiet", "--end-of-options"]);
        call.extend([path.as_os_str().to_owned(), OsString::from(branch)]);
        let added = self.run(Purpose::Write, root, call).await;
        let resolved =
            added.and_then(|_| path.canonicalize().map_err(GitError::io("Opening the new worktree", path)));
        if resolved.is_err() {
            self.undo(root, path, &reference, base).await;
        }
        resolved
    }

    async fn undo(&self, root: &Path, path: &Path, reference: &str, base: &Oid) {
        if let Err(error) = remove_folder(path).await {
            tracing::warn!(%error, "a half-made worktree could not be removed");
        }
        // By its path: `worktree prune` would also forget worktrees on a disk that is not mounted.
        let mut forget = words(["worktree", "remove", "--force", "--force", "--end-of-options"]);
        forget.push(path.as_os_str().to_owned());
        if let Err(error) = self.run(Purpose::Write, root, forget).await {
            tracing::debug!(%error, "git had already forgotten the half-made worktree");
        }
        let take_back = words(["update-ref", "-d", reference, base.as_str()]);
        if let Err(error) = self.run(Purpose::Write, root, take_back).await {
            tracing::warn!(%error, "the branch of a half-made worktree is left");
        }
    }
}

fn prepare(path: &Path) -> Result<(), GitError> {
    let taken = || GitError::PathTaken { path: path.into() };
    if !path.is_absolute() {
        return Err(GitError::PathMissing { path: path.into() });
    }
    if path.is_symlink() || path.is_file() {
        return Err(taken());
    }
    if let Ok(mut entries) = path.read_dir()
        && entries.next().is_some()
    {
        return Err(taken());
    }
    let parent = path.parent().unwrap_or(path);
    private_folders(parent).map_err(GitError::io("Making the folder", parent))
}

/// What is missing of a path is made for its owner alone; git then makes the folder of the work itself.
pub(crate) fn private_folders(path: &Path) -> std::io::Result<()> {
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(path)
}

async fn remove_folder(path: &Path) -> std::io::Result<()> {
    match tokio::fs::remove_dir_all(path).await {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Somebody took the name first, or git saw another worktree half made.
fn is_overtaken(error: &GitError) -> bool {
    let said = ["reference already exists", "cannot lock ref", "failed to read .git/worktrees/"];
    matches!(error, GitError::Failed { stderr_tail, .. } if said.iter().any(|it| stderr_tail.contains(it)))
}

/// Reads the blocks of `worktree list --porcelain`; attributes of a newer git are passed over.
fn entries(listing: &str) -> Vec<WorktreeEntry> {
    listing.split("\n\n").filter_map(entry).collect()
}

fn entry(block: &str) -> Option<WorktreeEntry> {
    let mut lines = block.lines();
    let path = lines.next()?.strip_prefix("worktree ")?;
    let mut entry =
        WorktreeEntry { path: path.into(), head: None, branch: None, state: WorktreeState::Present };
    for line in lines {
        let (attribute, value) = line.split_once(' ').unwrap_or((line, ""));
        match attribute {
            "HEAD" => entry.head = value.parse().ok().filter(|it: &Oid| !is_null(it)),
            "branch" => entry.branch = value.strip_prefix("refs/heads/").map(str::to_owned),
            "prunable" => entry.state = WorktreeState::Lost,
            _ => {}
        }
    }
    Some(entry)
}

fn is_null(oid: &Oid) -> bool {
    oid.as_str().bytes().all(|digit| digit == b'0')
}

//! The state of a worktree as a tree object, with what git does not track yet.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use nix::unistd::{AccessFlags, access};

use crate::call::words;
use crate::git::Purpose;
use crate::inspect::existing_folder;
use crate::objects::oid;
use crate::private_index::PrivateIndex;
use crate::{Git, GitError, Oid};

/// A worktree's files as they were at one moment, kept in the repository's own objects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    pub tree: Oid,
    /// What is on disk and not in the tree, besides what git ignores.
    pub skipped: Vec<Skipped>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Skipped {
    /// Relative to the worktree.
    pub path: String,
    pub why: SkipReason,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SkipReason {
    /// Untracked, and larger than `SnapshotLimits::file`.
    TooLarge { bytes: u64 },
    /// Untracked, and the untracked files before it had reached `SnapshotLimits::total`.
    TooMuch,
    /// Untracked, and beyond `SnapshotLimits::count`.
    TooMany,
    /// The host may not read it.
    Unreadable,
    /// A repository of its own, which is no submodule.
    Repository,
    /// A pipe, a socket or a device in the place of a file.
    Special,
}

/// How much of what git does not track goes into a snapshot. Tracked files are never skipped.
#[derive(Clone, Copy, Debug)]
pub struct SnapshotLimits {
    /// Bytes of one file.
    pub file: u64,
    /// Bytes of all of them.
    pub total: u64,
    pub count: usize,
}

impl Default for SnapshotLimits {
    fn default() -> Self {
        Self { file: 10 << 20, total: 256 << 20, count: 20_000 }
    }
}

/// An index of our own that agrees with the worktree.
pub(crate) struct Staged {
    pub(crate) folder: PathBuf,
    pub(crate) index: PrivateIndex,
    pub(crate) skipped: Vec<Skipped>,
}

impl Git {
    /// Takes the worktree as it is, tracked and untracked, and touches neither its index nor its
    /// branch. `worktree` is the top folder.
    pub async fn snapshot(&self, worktree: &Path) -> Result<Snapshot, GitError> {
        self.snapshot_within(worktree, SnapshotLimits::default()).await
    }

    pub async fn snapshot_within(
        &self,
        worktree: &Path,
        limits: SnapshotLimits,
    ) -> Result<Snapshot, GitError> {
        let staged = self.stage(worktree, limits).await?;
        let tree = self.with_index(&staged.index).write_tree(&staged.folder).await?;
        Ok(Snapshot { tree, skipped: staged.skipped })
    }

    pub(crate) async fn stage(&self, worktree: &Path, limits: SnapshotLimits) -> Result<Staged, GitError> {
        let folder = existing_folder(worktree)?;
        let git_dir = self.git_dir(&folder).await?;
        let index = PrivateIndex::copied(&git_dir)?;
        let git = self.with_index(&index);
        let (tracked, untracked) = tokio::join!(git.changed(&folder), git.untracked(&folder));
        let (tracked, untracked, root) = (tracked?, untracked?, folder.clone());
        let sorted = tokio::task::spawn_blocking(move || sort(&root, &tracked, &untracked, limits)).await;
        let sorted = sorted.map_err(|error| GitError::io("Looking at files", worktree)(error.into()))?;
        git.take_in(&folder, sorted.hidden, &["--force-remove"]).await?;
        git.take_in(&folder, sorted.taken, &["--add", "--replace", "--remove"]).await?;
        Ok(Staged { folder, index, skipped: sorted.skipped })
    }

    /// Where git keeps its records of this worktree, of which `folder` must be the top: when an agent
    /// took its `.git` away, git would go on to a repository further up.
    pub(crate) async fn git_dir(&self, folder: &Path) -> Result<PathBuf, GitError> {
        let call = words(["rev-parse", "--absolute-git-dir", "--show-toplevel"]);
        let said = self.run(Purpose::Read, folder, call).await?;
        let top = [b"\n", folder.as_os_str().as_bytes(), b"\n"].concat();
        let git_dir = said.strip_suffix(&*top).map(|it| PathBuf::from(OsStr::from_bytes(it)));
        git_dir.ok_or_else(|| GitError::NotARepository { path: folder.to_owned() })
    }

    /// The index that this git is set to use, as a tree.
    pub(crate) async fn write_tree(&self, folder: &Path) -> Result<Oid, GitError> {
        // What a partial clone has not fetched stays where it is.
        let call = words(["write-tree", "--missing-ok"]);
        let said = self.run(Purpose::Write, folder, call).await?;
        oid(&said, "git write-tree")
    }

    /// Brings the index up to the worktree at these paths.
    pub(crate) async fn take_in(&self, folder: &Path, paths: Vec<u8>, how: &[&str]) -> Result<(), GitError> {
        if paths.is_empty() {
            return Ok(());
        }
        let mut call = words(["-c", "core.splitIndex=false", "-c", "core.safecrlf=false", "update-index"]);
        call.extend(how.iter().map(Into::into));
        call.extend(words(["-z", "--stdin"]));
        self.feed(Purpose::Write, folder, call, paths).await?;
        Ok(())
    }

    /// `STATUS NUL path NUL …` of the files that differ from the index.
    async fn changed(&self, folder: &Path) -> Result<Vec<u8>, GitError> {
        let call = ["diff-files", "-z", "--name-status", "--no-renames", "--ignore-submodules=dirty"];
        self.run(Purpose::Read, folder, words(call)).await
    }

    async fn untracked(&self, folder: &Path) -> Result<Vec<u8>, GitError> {
        let call = words(["ls-files", "-z", "--others", "--exclude-standard"]);
        self.run(Purpose::Read, folder, call).await
    }
}

#[derive(Default)]
struct Sorted {
    /// `path NUL …`
    taken: Vec<u8>,
    /// Tracked files that lie behind a link now.
    hidden: Vec<u8>,
    skipped: Vec<Skipped>,
}

impl Sorted {
    fn skip(&mut self, path: &[u8], why: SkipReason) {
        let path = path.strip_suffix(b"/").unwrap_or(path);
        self.skipped.push(Skipped { path: String::from_utf8_lossy(path).into_owned(), why });
    }
}

fn sort(root: &Path, tracked: &[u8], untracked: &[u8], limits: SnapshotLimits) -> Sorted {
    let mut sorted = Sorted::default();
    let mut records = tracked.split(|byte| *byte == 0).filter(|it| !it.is_empty());
    while let (Some(status), Some(path)) = (records.next(), records.next()) {
        match of_tracked(root, status, path) {
            Tracked::Take => add(&mut sorted.taken, path),
            Tracked::Hidden => add(&mut sorted.hidden, path),
            Tracked::Skip(why) => sorted.skip(path, why),
        }
    }
    let (mut bytes, mut count) = (0_u64, 0_usize);
    for path in untracked.split(|byte| *byte == 0).filter(|it| !it.is_empty()) {
        let size = match of_untracked(root, path, limits) {
            Ok(Some(size)) => size,
            Ok(None) => continue,
            Err(why) => {
                sorted.skip(path, why);
                continue;
            }
        };
        if count >= limits.count {
            sorted.skip(path, SkipReason::TooMany);
        } else if bytes.saturating_add(size) > limits.total {
            sorted.skip(path, SkipReason::TooMuch);
        } else {
            (bytes, count) = (bytes + size, count + 1);
            add(&mut sorted.taken, path);
        }
    }
    sorted
}

enum Tracked {
    Take,
    Hidden,
    Skip(SkipReason),
}

fn of_tracked(root: &Path, status: &[u8], path: &[u8]) -> Tracked {
    let full = root.join(OsStr::from_bytes(path));
    if status == b"D" && is_behind_link(root, path) {
        return Tracked::Hidden;
    }
    let Ok(found) = full.symlink_metadata() else {
        return Tracked::Take;
    };
    let kind = found.file_type();
    if !(kind.is_file() || kind.is_dir() || kind.is_symlink()) {
        return Tracked::Skip(SkipReason::Special);
    }
    if kind.is_file() && !is_readable(&full) {
        return Tracked::Skip(SkipReason::Unreadable);
    }
    Tracked::Take
}

fn is_behind_link(root: &Path, path: &[u8]) -> bool {
    let folders = Path::new(OsStr::from_bytes(path)).ancestors().skip(1);
    folders.take_while(|it| !it.as_os_str().is_empty()).any(|it| root.join(it).is_symlink())
}

/// Its size; nothing when it is gone by now.
fn of_untracked(root: &Path, path: &[u8], limits: SnapshotLimits) -> Result<Option<u64>, SkipReason> {
    if path.ends_with(b"/") {
        return Err(SkipReason::Repository);
    }
    let full = root.join(OsStr::from_bytes(path));
    let Ok(found) = full.symlink_metadata() else {
        return Ok(None);
    };
    if found.file_type().is_symlink() {
        return Ok(Some(found.len()));
    }
    if !found.is_file() {
        return Err(SkipReason::Special);
    }
    if found.len() > limits.file {
        return Err(SkipReason::TooLarge { bytes: found.len() });
    }
    if !is_readable(&full) {
        return Err(SkipReason::Unreadable);
    }
    Ok(Some(found.len()))
}

fn is_readable(path: &Path) -> bool {
    access(path, AccessFlags::R_OK).is_ok()
}

fn add(paths: &mut Vec<u8>, path: &[u8]) {
    paths.extend_from_slice(path);
    paths.push(0);
}

use std::fs::File;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use nix::fcntl::OFlag;

use crate::call::words;
use crate::git::Purpose;
use crate::inspect::existing_folder;
use crate::{Git, GitError, Oid};

/// More files than a person looks through; the rest is only counted.
const FILES_SHOWN: usize = 5_000;
/// Lines of larger untracked files are not counted.
const COUNTED_BYTES: u64 = 1024 * 1024;

/// What differs between a starting point and a worktree as it is on disk.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// By path.
    pub files: Vec<Change>,
    /// Changed files beyond those listed.
    pub omitted: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Relative to the worktree.
    pub path: String,
    pub kind: ChangeKind,
    pub lines: Lines,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    Added,
    Modified,
    Deleted,
    /// A file became a symbolic link, or the like.
    Retyped,
    Conflicted,
    /// Git does not track it yet.
    Untracked,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lines {
    Counted {
        additions: u64,
        deletions: u64,
    },
    /// Binary, too large, or not a file.
    Uncounted,
}

/// The starting point of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Since {
    Head,
    /// Such as the base of a workspace: then commits made since are part of the changes.
    Commit(Oid),
}

impl Git {
    /// The files that changed since then, committed, staged, unstaged and untracked alike. A rename
    /// is a deletion and an addition.
    pub async fn status_summary(&self, worktree: &Path, since: &Since) -> Result<Changes, GitError> {
        let folder = existing_folder(worktree)?;
        let revision = match since {
            Since::Head => self.head_oid(&folder).await?,
            Since::Commit(oid) => oid.clone(),
        };
        let mut files = self.tracked(&folder, &revision).await?;
        files.extend(self.untracked_and_conflicted(&folder).await?);
        let mut files = each_once(files);
        let omitted = files.len().saturating_sub(FILES_SHOWN);
        files.truncate(FILES_SHOWN);
        let counted = tokio::task::spawn_blocking(move || count_untracked(&folder, files)).await;
        let files = counted.map_err(|error| GitError::io("Counting lines", worktree)(error.into()))?;
        Ok(Changes { files, omitted })
    }

    async fn tracked(&self, folder: &Path, since: &Oid) -> Result<Vec<Change>, GitError> {
        let call = words([
            "diff",
            "--raw",
            "--numstat",
            "-z",
            "--no-renames",
            "--no-ext-diff",
            "--no-textconv",
            "--no-relative",
            // A submodule's own changes would need git to run inside it, under its settings.
            "--ignore-submodules=dirty",
            "--end-of-options",
            since.as_str(),
            "--",
        ]);
        let listing = self.run(Purpose::Read, folder, call).await?;
        parse(&listing).ok_or_else(|| GitError::Unreadable { command: "git diff".into() })
    }

    async fn untracked_and_conflicted(&self, folder: &Path) -> Result<Vec<Change>, GitError> {
        let call = words([
            "status",
            "--porcelain=v2",
            "-z",
            "--untracked-files=all",
            "--ignore-submodules=dirty",
            "--no-renames",
        ]);
        let listing = self.run(Purpose::Read, folder, call).await?;
        let records = listing.split(|byte| *byte == 0);
        Ok(records.filter_map(status_record).collect())
    }
}

/// A path named twice stands once, with the kind that status gives: it is what is there now.
fn each_once(mut files: Vec<Change>) -> Vec<Change> {
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files.dedup_by(|later, kept| {
        let same = later.path == kept.path;
        if same {
            kept.kind = later.kind;
        }
        same
    });
    files
}

fn status_record(record: &[u8]) -> Option<Change> {
    let (kind, path) = match record.first()? {
        b'?' => (ChangeKind::Untracked, record.get(2..)?),
        b'u' => {
            let path = record.splitn(11, |byte| *byte == b' ').nth(10)?;
            (ChangeKind::Conflicted, path)
        }
        _ => return None,
    };
    Some(Change { path: text(path), kind, lines: Lines::Uncounted })
}

/// Reads `diff --raw --numstat -z`: first `:… STATUS NUL path NUL` of all files, then
/// `additions TAB deletions TAB path NUL` of all.
fn parse(listing: &[u8]) -> Option<Vec<Change>> {
    let mut changes: Vec<Change> = Vec::new();
    let mut records = listing.split(|byte| *byte == 0).filter(|it| !it.is_empty());
    while let Some(record) = records.next() {
        if record.starts_with(b":") {
            let kind = kind(*record.rsplit(|byte| *byte == b' ').next()?.first()?)?;
            changes.push(Change { path: text(records.next()?), kind, lines: Lines::Uncounted });
        } else {
            count(&mut changes, record)?;
        }
    }
    Some(changes)
}

fn count(changes: &mut [Change], record: &[u8]) -> Option<()> {
    let mut fields = record.splitn(3, |byte| *byte == b'\t');
    let (added, deleted) = (text(fields.next()?), text(fields.next()?));
    let path = text(fields.next()?);
    let (Ok(additions), Ok(deletions)) = (added.parse(), deleted.parse()) else {
        return Some(());
    };
    let lines = Lines::Counted { additions, deletions };
    changes.iter_mut().filter(|change| change.path == path).for_each(|change| change.lines = lines);
    Some(())
}

fn kind(status: u8) -> Option<ChangeKind> {
    match status {
        b'A' => Some(ChangeKind::Added),
        b'M' => Some(ChangeKind::Modified),
        b'D' => Some(ChangeKind::Deleted),
        b'T' => Some(ChangeKind::Retyped),
        b'U' => Some(ChangeKind::Conflicted),
        _ => None,
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn count_untracked(folder: &Path, mut files: Vec<Change>) -> Vec<Change> {
    for change in &mut files {
        if change.kind == ChangeKind::Untracked {
            let path: PathBuf = folder.join(std::ffi::OsStr::from_bytes(change.path.as_bytes()));
            change.lines = lines_of(&path).unwrap_or(Lines::Uncounted);
        }
    }
    files
}

fn lines_of(path: &Path) -> Option<Lines> {
    // A link may lead anywhere, a pipe may block for ever.
    let flags = (OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK).bits();
    let file = File::options().read(true).custom_flags(flags).open(path).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(COUNTED_BYTES + 1).read_to_end(&mut bytes).ok()?;
    if bytes.len() as u64 > COUNTED_BYTES || bytes.contains(&0) {
        return None;
    }
    let whole = bytes.iter().filter(|byte| **byte == b'\n').count();
    let open = usize::from(bytes.last().is_some_and(|byte| *byte != b'\n'));
    Some(Lines::Counted { additions: (whole + open) as u64, deletions: 0 })
}

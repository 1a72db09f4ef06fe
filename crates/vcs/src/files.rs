//! Reading and writing below a `WorktreeRoot`. The path is resolved first and then walked folder by
//! folder from the root's own descriptor, following no link: who swaps a folder for a link in
//! between gets a refusal, not a file outside.

use std::ffi::{OsStr, OsString};
use std::fs::{File, Permissions};
use std::io::{Read, Write};
use std::os::fd::OwnedFd;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use nix::errno::Errno;
use nix::fcntl::{OFlag, open, openat, renameat};
use nix::sys::stat::{Mode, mkdirat};
use nix::unistd::{UnlinkatFlags, unlinkat};

use crate::confine::{PathRefused, WorktreeRoot};

const FOLDER: OFlag = OFlag::O_DIRECTORY.union(OFlag::O_NOFOLLOW).union(OFlag::O_CLOEXEC);
const NEW_FOLDER: Mode = Mode::from_bits_truncate(0o777);
const NEW_FILE: Mode = Mode::from_bits_truncate(0o666);

impl WorktreeRoot {
    /// The text of a file of at most `limit` bytes.
    pub async fn read_text(&self, path: &Path, limit: u64) -> Result<String, PathRefused> {
        let (root, path) = (self.clone(), path.to_owned());
        blocking(move || root.read(&path, limit)).await
    }

    pub async fn read_bytes(&self, path: &Path, limit: u64) -> Result<Vec<u8>, PathRefused> {
        let (root, path) = (self.clone(), path.to_owned());
        blocking(move || root.bytes(&path, limit)).await
    }

    /// Puts `text` in a file's place, whole or not at all. Missing folders are made; a file that was
    /// there keeps its mode.
    pub async fn write_text(&self, path: &Path, text: String) -> Result<(), PathRefused> {
        let (root, path) = (self.clone(), path.to_owned());
        blocking(move || root.write(&path, &text)).await
    }

    fn read(&self, path: &Path, limit: u64) -> Result<String, PathRefused> {
        String::from_utf8(self.bytes(path, limit)?).map_err(|_| PathRefused::NotText)
    }

    fn bytes(&self, path: &Path, limit: u64) -> Result<Vec<u8>, PathRefused> {
        let (folders, name) = split(self.resolve(path)?)?;
        let folder = self.walk(&folders, Missing::Refuse)?;
        let file = open_file(&folder, &name)?;
        let mut bytes = Vec::new();
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > limit {
            return Err(PathRefused::TooLarge { limit });
        }
        Ok(bytes)
    }

    fn write(&self, path: &Path, text: &str) -> Result<(), PathRefused> {
        let (folders, name) = split(self.resolve(path)?)?;
        let folder = self.walk(&folders, Missing::Make)?;
        let mode = match open_file(&folder, &name) {
            Ok(file) => Some(file.metadata()?.permissions()),
            Err(PathRefused::Missing) => None,
            Err(refused) => return Err(refused),
        };
        replace(&folder, &name, text, mode)
    }

    pub(crate) fn walk(&self, folders: &Path, missing: Missing) -> Result<OwnedFd, PathRefused> {
        let mut folder = open(self.path(), FOLDER, Mode::empty()).map_err(refused)?;
        for step in folders {
            folder = match (openat(&folder, step, FOLDER, Mode::empty()), missing) {
                (Err(Errno::ENOENT), Missing::Make) => make(&folder, step)?,
                (opened, Missing::Make | Missing::Refuse) => opened.map_err(refused)?,
            };
        }
        Ok(folder)
    }
}

#[derive(Clone, Copy)]
pub(crate) enum Missing {
    Make,
    Refuse,
}

pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PathRefused> + Send + 'static,
) -> Result<T, PathRefused> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(PathRefused::Io(error.into())),
    }
}

fn split(mut path: PathBuf) -> Result<(PathBuf, OsString), PathRefused> {
    let name = path.file_name().ok_or(PathRefused::NotAFile)?.to_owned();
    path.pop();
    Ok((path, name))
}

fn make(folder: &OwnedFd, step: &OsStr) -> Result<OwnedFd, PathRefused> {
    match mkdirat(folder, step, NEW_FOLDER) {
        Ok(()) | Err(Errno::EEXIST) => {}
        Err(error) => return Err(refused(error)),
    }
    openat(folder, step, FOLDER, Mode::empty()).map_err(refused)
}

fn open_file(folder: &OwnedFd, name: &OsStr) -> Result<File, PathRefused> {
    // Without O_NONBLOCK opening a pipe would wait for its other end.
    let flags = OFlag::O_RDONLY | OFlag::O_NOFOLLOW | OFlag::O_NONBLOCK | OFlag::O_CLOEXEC;
    let file = File::from(openat(folder, name, flags, Mode::empty()).map_err(refused)?);
    if !file.metadata()?.is_file() {
        return Err(PathRefused::NotAFile);
    }
    Ok(file)
}

/// A new file is renamed over the old one, so a reader sees one or the other, and what shares the
/// old file by a hard link (a package store) keeps its text.
fn replace(folder: &OwnedFd, name: &OsStr, text: &str, mode: Option<Permissions>) -> Result<(), PathRefused> {
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let draft = format!(".conclave-{}-{count}.tmp", std::process::id());
    let flags = OFlag::O_WRONLY | OFlag::O_CREAT | OFlag::O_EXCL | OFlag::O_CLOEXEC;
    let file = File::from(openat(folder, draft.as_str(), flags, NEW_FILE).map_err(refused)?);
    let written =
        fill(file, text, mode).and_then(|()| renameat(folder, draft.as_str(), folder, name).map_err(refused));
    if written.is_err()
        && let Err(error) = unlinkat(folder, draft.as_str(), UnlinkatFlags::NoRemoveDir)
    {
        tracing::warn!(%error, "an unfinished file is left in the worktree");
    }
    written
}

fn fill(mut file: File, text: &str, mode: Option<Permissions>) -> Result<(), PathRefused> {
    file.write_all(text.as_bytes())?;
    if let Some(mode) = mode {
        file.set_permissions(Permissions::from_mode(mode.mode() & 0o777))?;
    }
    Ok(())
}

/// The path was resolved just before: a link or a file in a folder's place has come since.
pub(crate) fn refused(error: Errno) -> PathRefused {
    match error {
        Errno::ENOENT => PathRefused::Missing,
        Errno::ELOOP | Errno::ENOTDIR => PathRefused::Changed,
        Errno::EISDIR | Errno::ENXIO => PathRefused::NotAFile,
        other => PathRefused::Io(other.into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn gr7_a_folder_swapped_for_a_link_after_the_check_is_not_entered() {
        let folder = tempfile::tempdir().unwrap();
        let (tree, outside) = (folder.path().join("tree"), folder.path().join("outside"));
        std::fs::create_dir_all(tree.join("src")).unwrap();
        std::fs::create_dir(&outside).unwrap();
        std::fs::write(tree.join("src/a"), "inside").unwrap();
        std::fs::write(outside.join("a"), "secret").unwrap();
        let root = WorktreeRoot::open(&tree).unwrap();
        let (folders, name) = split(root.resolve(Path::new("src/a")).unwrap()).unwrap();
        let opened_before = root.walk(&folders, Missing::Refuse).unwrap();

        std::fs::rename(tree.join("src"), tree.join("moved")).unwrap();
        symlink(&outside, tree.join("src")).unwrap();
        for missing in [Missing::Refuse, Missing::Make] {
            let walked = root.walk(&folders, missing);
            assert!(matches!(walked, Err(PathRefused::Changed)));
        }
        let mut text = String::new();
        let mut file = open_file(&opened_before, &name).unwrap();
        file.read_to_string(&mut text).unwrap();
        assert_eq!(text, "inside");
    }

    #[test]
    fn gr7_a_file_swapped_for_a_link_after_the_check_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("secret"), "secret").unwrap();
        let tree = folder.path().join("tree");
        std::fs::create_dir(&tree).unwrap();
        let root = WorktreeRoot::open(&tree).unwrap();
        symlink("../secret", tree.join("a")).unwrap();
        let opened = root.walk(Path::new(""), Missing::Refuse).unwrap();
        assert!(matches!(open_file(&opened, OsStr::new("a")), Err(PathRefused::Changed)));
        replace(&opened, OsStr::new("a"), "new", None).unwrap();
        let secret = std::fs::read_to_string(folder.path().join("secret")).unwrap();
        assert_eq!(secret, "secret");
    }
}

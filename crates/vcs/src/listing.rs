//! What is in a folder below a `WorktreeRoot`, reached as files are (see `files`).

use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use nix::dir::Dir;
use nix::fcntl::AtFlags;
use nix::sys::stat::{FileStat, SFlag, fstatat};

use crate::confine::{PathRefused, WorktreeRoot, refuse_git_internals};
use crate::files::{Missing, blocking};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Folders first, then by name.
    pub entries: Vec<Entry>,
    /// There are more than were asked for.
    pub cut: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub name: String,
    pub kind: EntryKind,
    /// Of a file.
    pub bytes: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum EntryKind {
    Folder,
    File,
    Link,
    /// A pipe, a socket, a device.
    Other,
}

impl WorktreeRoot {
    /// At most `limit` things; git's own records are none of them, nor are names that are no Unicode.
    pub async fn list(&self, path: &Path, limit: usize) -> Result<Listing, PathRefused> {
        let (root, path) = (self.clone(), path.to_owned());
        blocking(move || root.listed(&path, limit)).await
    }

    fn listed(&self, path: &Path, limit: usize) -> Result<Listing, PathRefused> {
        let inside = if path.as_os_str().is_empty() { PathBuf::new() } else { self.resolve(path)? };
        let folder = self.walk(&inside, Missing::Refuse)?;
        let mut names = Vec::new();
        let mut opened = Dir::from_fd(folder.try_clone()?).map_err(crate::files::refused)?;
        for entry in opened.iter() {
            let entry = entry.map_err(crate::files::refused)?;
            let name = std::ffi::OsStr::from_bytes(entry.file_name().to_bytes()).to_owned();
            if name != "." && name != ".." && refuse_git_internals(&[&*name]).is_ok() {
                names.push(name);
            }
        }
        let mut entries = Vec::new();
        for name in names {
            // One that has gone meanwhile is no more.
            let Ok(about) = fstatat(&folder, &*name, AtFlags::AT_SYMLINK_NOFOLLOW) else { continue };
            if let Ok(name) = name.into_string() {
                entries.push(entry(name, &about));
            }
        }
        entries.sort_by(|a, b| {
            (a.kind != EntryKind::Folder, &a.name).cmp(&(b.kind != EntryKind::Folder, &b.name))
        });
        let cut = entries.len() > limit;
        entries.truncate(limit);
        Ok(Listing { entries, cut })
    }
}

fn entry(name: String, about: &FileStat) -> Entry {
    let of = SFlag::from_bits_truncate(about.st_mode & SFlag::S_IFMT.bits());
    let kind = match of {
        SFlag::S_IFDIR => EntryKind::Folder,
        SFlag::S_IFREG => EntryKind::File,
        SFlag::S_IFLNK => EntryKind::Link,
        _ => EntryKind::Other,
    };
    let bytes = (kind == EntryKind::File).then(|| u64::try_from(about.st_size).unwrap_or(0));
    Entry { name, kind, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[tokio::test]
    async fn fi5_gr7_a_folder_is_listed_and_nothing_outside() {
        let folder = tempfile::tempdir().unwrap();
        let tree = folder.path().join("tree");
        std::fs::create_dir_all(tree.join("src/deep")).unwrap();
        std::fs::create_dir(tree.join(".git")).unwrap();
        std::fs::write(tree.join("a.txt"), "four").unwrap();
        std::fs::write(tree.join("src/b.rs"), "").unwrap();
        symlink("a.txt", tree.join("link")).unwrap();
        symlink(folder.path(), tree.join("out")).unwrap();
        let root = WorktreeRoot::open(&tree).unwrap();

        let top = root.list(Path::new(""), 10).await.unwrap();
        let told: Vec<(&str, EntryKind)> = top.entries.iter().map(|it| (&*it.name, it.kind)).collect();
        let (file, link) = (EntryKind::File, EntryKind::Link);
        assert_eq!(told, [("src", EntryKind::Folder), ("a.txt", file), ("link", link), ("out", link)]);
        assert_eq!((top.entries[1].bytes, top.cut), (Some(4), false));
        let src = root.list(Path::new("src"), 1).await.unwrap();
        assert_eq!((src.entries.len(), &*src.entries[0].name, src.cut), (1, "deep", true));
        for path in ["..", "out", "/etc", ".git", "a.txt", "none"] {
            assert!(root.list(Path::new(path), 10).await.is_err(), "{path}");
        }
    }
}

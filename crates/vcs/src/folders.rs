//! The folders of a machine, for who looks for a repository.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use tokio::time::timeout;

use crate::GitError;

/// A folder that is elsewhere may never answer.
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folders {
    pub path: PathBuf,
    /// By name; those whose name is no Unicode can't be said, and are left out.
    pub folders: Vec<Folder>,
    /// There are more than were asked for.
    pub cut: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    pub name: String,
    /// It has a repository in it.
    pub repository: bool,
}

/// What folders are in `path`, links to folders with them: at most `limit`.
///
/// # Errors
/// It is not a whole path, there is no such folder, it may not be read, or does not answer within 5 s.
pub async fn folders_in(path: &Path, limit: usize) -> Result<Folders, GitError> {
    let path = path.to_owned();
    if !path.is_absolute() {
        return Err(GitError::PathMissing { path });
    }
    let asked = path.clone();
    let listed = timeout(PATIENCE, tokio::task::spawn_blocking(move || list(&asked, limit))).await;
    let listed = listed.map_err(io::Error::from).and_then(|it| it.map_err(io::Error::from)).flatten();
    listed.map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => GitError::PathMissing { path },
        _ => GitError::FolderClosed { path },
    })
}

fn list(path: &Path, limit: usize) -> io::Result<Folders> {
    let path = path.canonicalize()?;
    let mut names = Vec::new();
    for entry in std::fs::read_dir(&path)?.filter_map(Result::ok) {
        let Ok(kind) = entry.file_type() else { continue };
        // Of a link, what it leads to.
        if (kind.is_dir() || kind.is_symlink() && entry.path().is_dir())
            && let Ok(name) = entry.file_name().into_string()
        {
            names.push(name);
        }
    }
    names.sort_by_key(|name| (name.to_lowercase(), name.clone()));
    let cut = names.len() > limit;
    names.truncate(limit);
    let has_repository = |name: &str| path.join(name).join(".git").exists();
    let folders = names.into_iter().map(|name| Folder { repository: has_repository(&name), name }).collect();
    Ok(Folders { path, folders, cut })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn ws25_folders_are_listed_by_name_and_repositories_among_them_are_known() {
        let there = tempfile::tempdir().unwrap();
        let root = there.path().canonicalize().unwrap();
        for folder in ["beta/.git", "Alpha", ".hidden", "gamma"] {
            std::fs::create_dir_all(root.join(folder)).unwrap();
        }
        std::fs::write(root.join("note.txt"), "x").unwrap();
        std::os::unix::fs::symlink(root.join("beta"), root.join("link")).unwrap();

        let all = folders_in(&root, 9).await.unwrap();
        let names: Vec<(&str, bool)> = all.folders.iter().map(|it| (&*it.name, it.repository)).collect();
        let expected =
            [(".hidden", false), ("Alpha", false), ("beta", true), ("gamma", false), ("link", true)];
        assert_eq!((names.as_slice(), all.cut), (expected.as_slice(), false));
        assert_eq!(all.path, root);
        let few = folders_in(&root, 2).await.unwrap();
        assert_eq!((few.folders.len(), few.cut), (2, true));
    }

    #[tokio::test]
    async fn ws25_what_is_no_folder_is_refused() {
        let there = tempfile::tempdir().unwrap();
        let file = there.path().join("note.txt");
        std::fs::write(&file, "x").unwrap();
        for path in [Path::new("here/and/there"), &there.path().join("gone"), &file] {
            let refused = folders_in(path, 9).await.unwrap_err();
            assert!(matches!(refused, GitError::PathMissing { .. }), "{refused}");
        }
    }
}

//! Bringing the files of a worktree back to an earlier moment.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};

use crate::call::words;
use crate::checkpoint::{Checkpoint, CheckpointName, on_one_line};
use crate::compare::{Comparison, FileChange, FileChangeKind, Moves, Whitespace};
use crate::git::Purpose;
use crate::private_index::PrivateIndex;
use crate::tree::{SnapshotLimits, Staged};
use crate::{Git, GitError, Oid};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The worktree as it was just before: restoring this takes the restoring back.
    pub undo: Checkpoint,
    /// Submodules that stand on another commit than then. Git work inside them is left to people.
    pub submodules: Vec<String>,
}

/// A worktree and the tree that it is to become.
pub(crate) struct Way {
    pub(crate) staged: Staged,
    pub(crate) now: Oid,
    pub(crate) to: Oid,
}

impl Git {
    /// Makes the files exactly those of `moment`, a checkpoint, a commit or a tree. Files that came
    /// since go, except those that git ignores and those that were or are left out of snapshots.
    /// Index and branch stay as they are. What was there is kept first, under the name `undo`.
    pub async fn restore(
        &self,
        worktree: &Path,
        moment: &Oid,
        undo: &CheckpointName,
    ) -> Result<Restored, GitError> {
        let way = self.way(worktree, moment).await?;
        self.bring(way, undo).await
    }

    /// What `restore` would do to the files. Changes nothing.
    pub async fn preview(&self, worktree: &Path, moment: &Oid) -> Result<Comparison, GitError> {
        let way = self.way(worktree, moment).await?;
        self.compare(&way.staged.folder, &way.now, &way.to, Whitespace::Counts).await
    }

    /// Keeps the worktree as it is and makes it what it is to become.
    pub(crate) async fn bring(&self, mut way: Way, undo: &CheckpointName) -> Result<Restored, GitError> {
        self.clear(&mut way).await?;
        let folder = &way.staged.folder;
        let changes = self.differing(folder, &way.now, &way.to, Moves::Apart).await?;
        let kept = self.keep(folder, undo, (&way.now, None), &way.staged.skipped).await?;
        if let Err(error) = self.walk(&way).await {
            if let GitError::ChangedMeanwhile { .. } = error {
                self.let_go(folder, undo, &kept.commit).await;
            }
            return Err(error);
        }
        let submodules = changes.iter().filter(|it| it.is_submodule()).map(|it| it.path.clone());
        Ok(Restored { undo: kept, submodules: submodules.collect() })
    }

    async fn way(&self, worktree: &Path, moment: &Oid) -> Result<Way, GitError> {
        let staged = self.stage(worktree, SnapshotLimits::default()).await?;
        let now = self.with_index(&staged.index).write_tree(&staged.folder).await?;
        let to = self.tree_of(&staged.folder, moment).await?;
        let left_out: BTreeSet<_> = self.left_out_of(&staged.folder, moment).await?.into_iter().collect();
        let to = match left_out.is_empty() {
            true => to,
            false => self.keeping(&staged.folder, (&now, &to), &left_out).await?,
        };
        Ok(Way { staged, now, to })
    }

    /// `to` with those files of `now` that were there then but not in the checkpoint.
    async fn keeping(
        &self,
        folder: &Path,
        (now, to): (&Oid, &Oid),
        left_out: &BTreeSet<String>,
    ) -> Result<Oid, GitError> {
        let changes = self.differing(folder, now, to, Moves::Apart).await?;
        let stays = |it: &&FileChange| {
            it.kind == FileChangeKind::Deleted && left_out.contains(&on_one_line(&it.path))
        };
        let entries: Vec<u8> = changes.iter().filter(stays).flat_map(entry_before).collect();
        self.with_entries(folder, to, entries).await
    }

    /// A tree with other entries, given as lines of `update-index --index-info`.
    pub(crate) async fn with_entries(
        &self,
        folder: &Path,
        tree: &Oid,
        entries: Vec<u8>,
    ) -> Result<Oid, GitError> {
        if entries.is_empty() {
            return self.tree_of(folder, tree).await;
        }
        let index = PrivateIndex::empty(&self.git_dir(folder).await?)?;
        let git = self.with_index(&index);
        git.run(Purpose::Write, folder, words(["read-tree", tree.as_str()])).await?;
        let call = words(["update-index", "-z", "--index-info"]);
        git.feed(Purpose::Write, folder, call, entries).await?;
        git.write_tree(folder).await
    }

    /// Nothing that is in no snapshot may be lost to a file that comes back in its place: a file
    /// becomes part of what is kept, a folder is refused.
    pub(crate) async fn clear(&self, way: &mut Way) -> Result<(), GitError> {
        let changes = self.differing(&way.staged.folder, &way.now, &way.to, Moves::Apart).await?;
        let root = way.staged.folder.clone();
        let found = tokio::task::spawn_blocking(move || obstacles(&root, &changes)).await;
        let found =
            found.map_err(|error| GitError::io("Looking at files", &way.staged.folder)(error.into()))?;
        if !found.folders.is_empty() {
            return Err(GitError::InTheWay { paths: found.folders });
        }
        if found.files.is_empty() {
            return Ok(());
        }
        let git = self.with_index(&way.staged.index);
        git.take_in(&way.staged.folder, found.files, &["--add", "--replace"]).await?;
        way.now = git.write_tree(&way.staged.folder).await?;
        Ok(())
    }

    async fn walk(&self, way: &Way) -> Result<(), GitError> {
        let git = self.with_index(&way.staged.index);
        // A file that a person told git to take for unchanged is looked at all the same.
        let look = words(["update-index", "-q", "--really-refresh"]);
        git.ask(&way.staged.folder, look).await?;
        let call = words([
            "read-tree",
            "-m",
            "-u",
            "--no-recurse-submodules",
            // A file beyond a sparse checkout's border is here because somebody put it there.
            "--no-sparse-checkout",
            way.now.as_str(),
            way.to.as_str(),
        ]);
        match git.run(Purpose::Write, &way.staged.folder, call).await {
            Ok(_) => Ok(()),
            Err(GitError::Failed { stderr_tail, .. }) if is_overtaken(&stderr_tail) => {
                Err(GitError::ChangedMeanwhile { path: way.staged.folder.clone() })
            }
            Err(other) => Err(other),
        }
    }
}

fn is_overtaken(said: &str) -> bool {
    ["not uptodate", "would be overwritten", "would be removed", "would lose untracked"]
        .iter()
        .any(|it| said.contains(it))
}

fn entry_before(change: &FileChange) -> Vec<u8> {
    let Some(side) = &change.old else {
        return Vec::new();
    };
    entry(side.mode.octal(), &side.oid, &change.old_name)
}

pub(crate) fn entry(mode: &str, oid: &Oid, name: &[u8]) -> Vec<u8> {
    let mut entry = format!("{mode} {oid}\t").into_bytes();
    entry.extend_from_slice(name);
    entry.push(0);
    entry
}

#[derive(Default)]
struct Obstacles {
    /// `path NUL …`
    files: Vec<u8>,
    folders: Vec<String>,
}

/// What stands where something comes back, and does not go with the rest.
fn obstacles(root: &Path, changes: &[FileChange]) -> Obstacles {
    let known: BTreeSet<&[u8]> = changes.iter().filter(|it| it.old.is_some()).map(|it| &*it.name).collect();
    let mut found = (BTreeSet::new(), BTreeSet::new());
    for change in changes.iter().filter(|it| it.new.is_some() && !it.is_submodule()) {
        obstacles_of(root, Path::new(OsStr::from_bytes(&change.name)), &known, &mut found);
    }
    let (files, folders) = found;
    let mut obstacles = Obstacles::default();
    for path in files {
        obstacles.files.extend_from_slice(path.as_os_str().as_bytes());
        obstacles.files.push(0);
    }
    obstacles.folders = folders.iter().map(|it: &PathBuf| it.to_string_lossy().into_owned()).collect();
    obstacles
}

type Found = (BTreeSet<PathBuf>, BTreeSet<PathBuf>);

fn obstacles_of(root: &Path, path: &Path, known: &BTreeSet<&[u8]>, (files, folders): &mut Found) {
    let is_known = |path: &Path| known.contains(path.as_os_str().as_bytes());
    let mut place = PathBuf::new();
    for step in path {
        place.push(step);
        let Ok(there) = root.join(&place).symlink_metadata() else {
            return;
        };
        if !there.is_dir() {
            if !is_known(&place) {
                files.insert(place);
            }
            return;
        }
    }
    let mut left = Vec::new();
    remains(root, path, &is_known, &mut left);
    folders.extend(left);
}

/// The files of a folder that do not go.
fn remains(root: &Path, folder: &Path, is_known: &impl Fn(&Path) -> bool, left: &mut Vec<PathBuf>) {
    let Ok(entries) = root.join(folder).read_dir() else {
        left.push(folder.to_owned());
        return;
    };
    for entry in entries.filter_map(Result::ok) {
        let path = folder.join(entry.file_name());
        if entry.file_type().is_ok_and(|it| it.is_dir()) {
            remains(root, &path, is_known, left);
        } else if !is_known(&path) {
            left.push(path);
        }
    }
}

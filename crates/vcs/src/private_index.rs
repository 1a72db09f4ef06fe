use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use crate::{Git, GitError};

/// What a host that was killed leaves behind is taken away after this time.
const LEFT_OVER: Duration = Duration::from_secs(24 * 3600);

/// An index of our own beside a worktree's: work on it leaves the person's index as it is. Gone with
/// the value.
pub(crate) struct PrivateIndex {
    folder: TempDir,
}

impl PrivateIndex {
    /// An index without entries.
    pub(crate) fn empty(git_dir: &Path) -> Result<Self, GitError> {
        let place = git_dir.join("conclave");
        let failed = |error| GitError::io("Making a private index", &place)(error);
        std::fs::create_dir_all(&place).map_err(failed)?;
        sweep(&place);
        let folder = tempfile::Builder::new().prefix("index-").tempdir_in(&place).map_err(failed)?;
        Ok(Self { folder })
    }

    /// A copy of the worktree's own index, so that files that did not change need not be read.
    pub(crate) fn copied(git_dir: &Path) -> Result<Self, GitError> {
        let index = Self::empty(git_dir)?;
        match copy(&git_dir.join("index"), &index.path()) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(GitError::io("Copying the index", git_dir)(error))
            }
            Ok(()) | Err(_) => Ok(index),
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("index")
    }
}

impl Git {
    pub(crate) fn with_index(&self, index: &PrivateIndex) -> Self {
        self.clone().with_variable("GIT_INDEX_FILE", index.path())
    }
}

/// With the time of the original: git takes an entry as young as its index for possibly changed, and
/// a younger copy would hide a change made within the same tick of the clock.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    let mut original = File::open(from)?;
    let modified = original.metadata()?.modified()?;
    let mut copy = File::create(to)?;
    std::io::copy(&mut original, &mut copy)?;
    copy.set_modified(modified)
}

fn sweep(place: &Path) {
    let Ok(entries) = place.read_dir() else { return };
    for path in entries.filter_map(|entry| Some(entry.ok()?.path())) {
        if is_left_over(&path)
            && let Err(error) = std::fs::remove_dir_all(&path)
        {
            tracing::debug!(%error, "an old private index is left");
        }
    }
}

fn is_left_over(path: &Path) -> bool {
    let ours = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("index-"));
    let made = path.symlink_metadata().and_then(|it| it.modified()).ok();
    let age = made.and_then(|made| SystemTime::now().duration_since(made).ok());
    ours && age.is_some_and(|age| age > LEFT_OVER)
}

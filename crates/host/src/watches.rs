//! Who listens for changes of files: one for each worktree, however many people look at it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use model::WorkspaceId;
use ports::vcs::{FileWatch, VcsError};
use tokio::sync::{OnceCell, watch};

use crate::host::Host;

#[derive(Default)]
pub(crate) struct Watches {
    kept: Mutex<BTreeMap<WorkspaceId, Weak<Ears>>>,
}

/// Of one worktree; they hear as long as somebody holds them.
#[derive(Default)]
pub(crate) struct Ears(OnceCell<FileWatch>);

impl Ears {
    fn hear(&self) -> bool {
        self.0.get().is_none_or(|watch| watch.changes.has_changed().is_ok())
    }
}

impl Watches {
    fn of(&self, workspace: WorkspaceId) -> Arc<Ears> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|_, ears| ears.strong_count() > 0);
        let known = kept.get(&workspace).and_then(Weak::upgrade).filter(|ears| ears.hear());
        known.unwrap_or_else(|| {
            let made = Arc::<Ears>::default();
            kept.insert(workspace, Arc::downgrade(&made));
            made
        })
    }
}

impl Host {
    /// What is held, and where changes are counted.
    pub(crate) async fn watch_files(
        &self,
        workspace: WorkspaceId,
        worktree: PathBuf,
    ) -> Result<(Arc<Ears>, watch::Receiver<u64>), VcsError> {
        let (ears, host) = (self.inner.watches.of(workspace), self.clone());
        // Others wait for it too, and whoever asks here may be as slow as their socket.
        let opened = tokio::spawn(async move {
            let vcs = &host.inner.shared.parts.vcs;
            let changes = ears.0.get_or_try_init(|| vcs.watch(worktree)).await?.changes.clone();
            Ok((ears, changes))
        });
        opened.await.unwrap_or_else(|error| Err(VcsError::Failed { detail: error.to_string() }))
    }
}

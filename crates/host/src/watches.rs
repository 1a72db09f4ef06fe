//! Who listens for changes of files: one for each worktree, however many people look at it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Weak};

use model::WorkspaceId;
use ports::vcs::{FileWatch, VcsError};
use tokio::sync::Mutex;

use crate::host::Host;

#[derive(Default)]
pub(crate) struct Watches {
    kept: Mutex<BTreeMap<WorkspaceId, Weak<FileWatch>>>,
}

impl Host {
    /// It listens as long as somebody holds it.
    pub(crate) async fn watch_files(
        &self,
        workspace: WorkspaceId,
        worktree: PathBuf,
    ) -> Result<Arc<FileWatch>, VcsError> {
        let mut kept = self.inner.watches.kept.lock().await;
        kept.retain(|_, watch| watch.strong_count() > 0);
        if let Some(known) = kept.get(&workspace).and_then(Weak::upgrade)
            && known.changes.has_changed().is_ok()
        {
            return Ok(known);
        }
        let made = Arc::new(self.inner.shared.parts.vcs.watch(worktree).await?);
        kept.insert(workspace, Arc::downgrade(&made));
        Ok(made)
    }
}

//! What became of a workspace's files.

use std::path::PathBuf;

use model::{WorkspaceId, limits};
use ports::vcs::{ChangeView, Since, VcsError};
use wire::{Failure, Reply};

use crate::authority::owns;
use crate::desk::vcs_failure;
use crate::host::Host;
use crate::principal::Principal;

impl Host {
    /// FI2: since the workspace's base, committed or not.
    pub(crate) async fn changes(&self, workspace: WorkspaceId) -> Result<Reply, Failure> {
        let since = self.since(workspace)?;
        let mut changes = self.inner.shared.parts.vcs.changes(since).await.map_err(vcs_failure)?;
        let beyond = changes.files.len().saturating_sub(limits::CHANGED_FILES);
        changes.files.truncate(limits::CHANGED_FILES);
        changes.omitted = changes.omitted.saturating_add(u32::try_from(beyond).unwrap_or(u32::MAX));
        changes.skipped.truncate(limits::SKIPPED_FILES);
        Ok(Reply::Changes(changes))
    }

    /// FI3: line by line.
    pub(crate) async fn file_change(
        &self,
        workspace: WorkspaceId,
        path: String,
        view: ChangeView,
    ) -> Result<Reply, Failure> {
        let since = self.since(workspace)?;
        let found = self.inner.shared.parts.vcs.file_change(since, path, view).await;
        Ok(Reply::FileChange(found.map_err(vcs_failure)?))
    }

    /// FI4: as it is now. What git ignores, such as a file of keys, is for the owner alone.
    pub(crate) async fn read_file(
        &self,
        principal: Principal,
        workspace: WorkspaceId,
        path: String,
    ) -> Result<Reply, Failure> {
        let worktree = self.worktree(workspace)?;
        let vcs = &self.inner.shared.parts.vcs;
        if !owns(&self.inner.shared.globe.now(), principal) {
            let listed = vcs.list_files(&worktree).await.map_err(vcs_failure)?;
            if !listed.paths.contains(&path) {
                return Err(vcs_failure(VcsError::FileMissing { path }));
            }
        }
        let text = vcs.read_file(worktree, path.clone()).await;
        Ok(Reply::FileText { path, text: text.map_err(vcs_failure)? })
    }

    fn since(&self, workspace: WorkspaceId) -> Result<Since, Failure> {
        let worktree: PathBuf = self.worktree(workspace)?;
        let world = self.inner.shared.globe.now();
        let known = world.shelf.workspaces.get(&workspace).ok_or_else(Failure::not_found)?;
        Ok(Since { worktree, base: known.base.clone() })
    }
}

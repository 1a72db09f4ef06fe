//! What became of a workspace's files.

use std::path::PathBuf;

use model::{ChangesSince, WorkspaceId, limits};
use ports::chain;
use ports::vcs::{ChangeView, VcsError};
use wire::{Failure, Reply};

use crate::authority::owns;
use crate::desk::work_failure;
use crate::host::Host;
use crate::principal::Principal;
use crate::work::picture;

impl Host {
    /// FI2: committed or not.
    pub(crate) async fn changes(
        &self,
        workspace: WorkspaceId,
        since: ChangesSince,
    ) -> Result<Reply, Failure> {
        let since = self.place(workspace)?.since(since)?;
        let mut changes = self.inner.shared.parts.vcs.changes(since).await.map_err(work_failure)?;
        let beyond = changes.files.len().saturating_sub(limits::CHANGED_FILES);
        changes.files.truncate(limits::CHANGED_FILES);
        changes.omitted = changes.omitted.saturating_add(u32::try_from(beyond).unwrap_or(u32::MAX));
        changes.skipped.truncate(limits::SKIPPED_FILES);
        changes.conflicts.truncate(limits::SKIPPED_FILES);
        Ok(Reply::Changes(changes))
    }

    /// WS3: what a rewind would do.
    pub(crate) async fn rewind_preview(
        &self,
        workspace: WorkspaceId,
        checkpoint: u64,
    ) -> Result<Reply, Failure> {
        let place = self.place(workspace)?;
        let known = place.work.checkpoints.iter().find(|known| known.number == checkpoint);
        let commit = known.ok_or_else(Failure::not_found)?.commit.clone();
        let changes = self.inner.shared.parts.vcs.work().preview(place.worktree, commit).await;
        let mut changes = changes.map_err(work_failure)?;
        changes.files.truncate(limits::CHANGED_FILES);
        Ok(Reply::Changes(changes))
    }

    pub(crate) async fn work(&self, workspace: WorkspaceId) -> Result<Reply, Failure> {
        let world = self.globe().now().clone();
        let known = world.shelf.workspaces.get(&workspace).ok_or_else(Failure::not_found)?;
        let (checkpoints, commits) = (&known.work.checkpoints, &known.work.commits);
        let (checkpoints, commits) = (newest(checkpoints).to_vec(), newest(commits).to_vec());
        let askers = checkpoints.iter().filter_map(|it| it.of.as_ref()).map(|of| of.author);
        let named = commits.iter().map(|it| it.by).chain(askers).collect();
        let people = self.inner.shared.desk.names(named).await;
        Ok(Reply::Work { checkpoints, commits, base_branch: known.base_branch.clone(), people })
    }

    /// FI3: line by line.
    pub(crate) async fn file_change(
        &self,
        (workspace, since): (WorkspaceId, ChangesSince),
        path: String,
        view: ChangeView,
    ) -> Result<Reply, Failure> {
        let since = self.place(workspace)?.since(since)?;
        let found = self.inner.shared.parts.vcs.file_change(since, path, view).await;
        Ok(Reply::FileChange(found.map_err(work_failure)?))
    }

    /// FI4: as it is now. What git ignores, such as a file of keys, is for the owner alone.
    pub(crate) async fn read_file(
        &self,
        principal: Principal,
        workspace: WorkspaceId,
        path: String,
    ) -> Result<Reply, Failure> {
        let worktree = self.readable(principal, workspace, &path).await?;
        let vcs = &self.inner.shared.parts.vcs;
        let text = vcs.read_file(worktree, path.clone()).await.map_err(work_failure)?;
        let hash = chain::hex_digest(text.as_bytes());
        Ok(Reply::FileText { path, text, hash })
    }

    /// FI12: as [`Self::read_file`].
    pub(crate) async fn read_picture(
        &self,
        principal: Principal,
        workspace: WorkspaceId,
        path: String,
    ) -> Result<Reply, Failure> {
        let worktree = self.readable(principal, workspace, &path).await?;
        let exchange = self.inner.shared.parts.vcs.exchange();
        let bytes = exchange.read_bytes(worktree, path, limits::FILE_TEXT_BYTES).await;
        Ok(Reply::Picture { image: picture(bytes.map_err(work_failure)?)? })
    }

    /// The worktree, if this file of it is for them.
    async fn readable(
        &self,
        principal: Principal,
        workspace: WorkspaceId,
        path: &str,
    ) -> Result<PathBuf, Failure> {
        let worktree = self.worktree(workspace)?;
        if !owns(&self.inner.shared.globe.now(), principal) {
            let listed = self.inner.shared.parts.vcs.list_files(&worktree).await.map_err(work_failure)?;
            if !listed.paths.iter().any(|it| it == path) {
                return Err(work_failure(VcsError::FileMissing { path: path.to_owned() }));
            }
        }
        Ok(worktree)
    }
}

fn newest<T>(all: &[T]) -> &[T] {
    &all[all.len().saturating_sub(limits::CHECKPOINTS_LISTED)..]
}

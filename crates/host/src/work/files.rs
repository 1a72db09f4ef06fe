//! Folders of a worktree, and files that are written by hand (FI5, FI6).

use model::{Deed, Right, WorkspaceId, limits};
use ports::chain;
use ports::vcs::VcsError;
use ports::work::FileDraft;
use wire::{Failure, FailureCode, Reply};

use super::deeds::Outcome;
use crate::authority::owns;
use crate::desk::work_failure;
use crate::host::Host;
use crate::principal::Principal;

const NEW_FILES: &str = "Only the owner makes new files here by hand. Ask the agent to make it.";

impl Host {
    /// What git ignores is shown to the owner alone, as it is read (FI4).
    pub(crate) async fn folder(
        &self,
        principal: Principal,
        workspace: WorkspaceId,
        path: String,
    ) -> Result<Reply, Failure> {
        let place = self.place(workspace)?;
        let vcs = &self.inner.shared.parts.vcs;
        let list = || vcs.work().folder(place.worktree.clone(), path.clone());
        if !owns(&self.globe().now(), principal) {
            let known = vcs.list_files(&place.worktree).await.map_err(work_failure)?.paths;
            let below =
                if path.is_empty() { String::new() } else { format!("{}/", path.trim_end_matches('/')) };
            let names: std::collections::BTreeSet<&str> = known
                .iter()
                .filter_map(|known| known.strip_prefix(&below))
                .filter_map(|rest| rest.split('/').next())
                .collect();
            // Before anything is looked at: who may not see it is not told whether it is there.
            if names.is_empty() && !path.is_empty() {
                return Err(work_failure(VcsError::FileMissing { path: path.clone() }));
            }
            let listed = list().await.map_err(work_failure)?;
            let shown = listed.entries.into_iter().filter(|entry| names.contains(&*entry.name));
            return Ok(Reply::Folder { entries: shown.collect(), more: listed.cut });
        }
        let listed = list().await.map_err(work_failure)?;
        Ok(Reply::Folder { entries: listed.entries, more: listed.cut })
    }

    pub(super) async fn write_file(
        &self,
        principal: Principal,
        workspace: WorkspaceId,
        (path, text, was): (String, String, Option<String>),
    ) -> Result<Outcome, Failure> {
        let place = self.place_in_use(workspace)?;
        if text.len() as u64 > limits::FILE_TEXT_BYTES {
            return Err(model::Rejection::TooLarge { limit: limits::FILE_TEXT_BYTES }.into());
        }
        let vcs = &self.inner.shared.parts.vcs;
        if !owns(&self.globe().now(), principal) {
            if was.is_none() {
                let rejection = model::Rejection::Forbidden { right: Right::Own };
                return Err(Failure {
                    rejection: Some(rejection),
                    ..Failure::new(FailureCode::Forbidden, NEW_FILES)
                });
            }
            let listed = vcs.list_files(&place.worktree).await.map_err(work_failure)?;
            if !listed.paths.contains(&path) {
                return Err(work_failure(VcsError::FileMissing { path }));
            }
        }
        let hash = chain::hex_digest(text.as_bytes());
        let draft = FileDraft { path: path.clone(), text, was };
        vcs.work().write_file(place.worktree, draft).await.map_err(work_failure)?;
        Ok(Outcome { deed: Some(Deed::Wrote { path }), undo: None, reply: Reply::Written { hash } })
    }
}

//! Repositories come and go, and worktrees that somebody made become workspaces (WS21, WS22).

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use model::{OwnerEvent, RepositoryId, WorkspaceId, WorkspaceState, limits};
use ports::vcs::Repository;
use wire::{Failure, FailureCode, Reply};

use super::orders::{Placed, utf8, vcs_failure};
use super::{Cause, Decision, Desk};

const IN_USE: &str = "There are workspaces of this repository. Nothing was changed; delete them first, each after a look at \
                      what would be lost.";
const NO_WORKTREE: &str = "There is no worktree of this repository at that path that is not a workspace yet. Nothing was \
                           changed; look at the list again.";
const NO_PLACE: &str =
    "No folder could be made for it in the host's own. Nothing was cloned; say where it is to go.";
/// Repositories of one name.
const PLACES: usize = 1000;
const NOT_ABSOLUTE: &str = "Say the whole path of the folder to clone into, from the root. Nothing was made.";

impl Desk {
    pub async fn clone_repository(
        &self,
        cause: Cause,
        from: String,
        into: Option<String>,
    ) -> Result<Reply, Failure> {
        let into = match into {
            Some(into) if Path::new(&into).is_absolute() => PathBuf::from(into),
            Some(_) => return Err(Failure::new(FailureCode::PathMissing, NOT_ABSOLUTE)),
            None => self.free_place(&from)?,
        };
        match self.parts.vcs.exchange().clone_repository(from, into.clone()).await {
            Ok(found) => self.take_up(cause, found).await,
            Err(error) => {
                // It goes if it is empty, as it was when it was taken.
                std::fs::remove_dir(into).ok();
                Err(vcs_failure(error))
            }
        }
    }

    /// The same folder is the same repository.
    pub(super) async fn take_up(&self, cause: Cause, found: Repository) -> Result<Reply, Failure> {
        let root = utf8(&found.root)?;
        let fresh = RepositoryId(self.parts.ids.fresh());
        self.decide(Some(cause), move |state| {
            if let Some(known) = state.shelf.repository_at(&root) {
                return Ok((Decision::default(), Reply::Repository { repository: known }));
            }
            let added = OwnerEvent::RepositoryAdded { repository: fresh, name: found.name, path: root };
            let owner = vec![added];
            Ok((Decision { owner, ..Decision::default() }, Reply::Repository { repository: fresh }))
        })
        .await
    }

    pub async fn remove_repository(&self, cause: Cause, repository: RepositoryId) -> Result<Reply, Failure> {
        self.decide(Some(cause), move |state| {
            if !state.shelf.repositories.contains_key(&repository) {
                return Err(Failure::not_found());
            }
            let mut of_it = state.shelf.workspaces.values().filter(|known| known.repository == repository);
            if of_it.any(|known| known.state != WorkspaceState::Deleted) {
                return Err(Failure::new(FailureCode::InUse, IN_USE));
            }
            let owner = vec![OwnerEvent::RepositoryRemoved { repository }];
            Ok((Decision { owner, ..Decision::default() }, Reply::Done))
        })
        .await
    }

    /// WS13: it is only told what there is.
    pub async fn worktrees(&self, repository: RepositoryId) -> Result<Reply, Failure> {
        let world = self.globe.now().clone();
        let root = world.shelf.repositories.get(&repository).ok_or_else(Failure::not_found)?;
        let known = world.shelf.workspaces.values().filter(|known| known.state != WorkspaceState::Deleted);
        let known = known.filter_map(|known| known.path.as_deref()).map(PathBuf::from).collect();
        let ours = self.config.data.join("worktrees");
        let found = self.parts.vcs.exchange().worktrees(PathBuf::from(&root.path), ours, known).await;
        Ok(Reply::Worktrees { worktrees: found.map_err(vcs_failure)? })
    }

    pub async fn import_worktree(
        &self,
        cause: Cause,
        repository: RepositoryId,
        path: String,
    ) -> Result<Reply, Failure> {
        let Reply::Worktrees { worktrees } = self.worktrees(repository).await? else {
            return Err(Failure::not_found());
        };
        let is_it = worktrees.iter().any(|found| found.path == path && found.branch.is_some());
        let known = self.globe.now().shelf.repositories.get(&repository).cloned();
        let (Some(known), true) = (known, is_it) else {
            return Err(Failure::new(FailureCode::PathMissing, NO_WORKTREE));
        };
        let made = self.parts.vcs.exchange().describe(PathBuf::from(&path)).await.map_err(vcs_failure)?;
        let workspace = WorkspaceId(self.parts.ids.fresh());
        let placed = Placed {
            workspace,
            repository,
            repository_name: known.name,
            name: name_of(&made.branch),
            branch: made.branch,
            base: made.base,
            base_branch: made.base_branch,
            source: None,
            path: utf8(&made.path)?,
        };
        self.decide(Some(cause), move |state| {
            let is_there = |known: &super::shelf::Workspace| {
                known.path.as_ref() == Some(&placed.path) && known.state != WorkspaceState::Deleted
            };
            if state.shelf.workspaces.values().any(is_there) {
                return Err(Failure::new(FailureCode::PathMissing, NO_WORKTREE));
            }
            Ok((placed.decision(), Reply::Workspace { workspace }))
        })
        .await
    }

    pub async fn note_for_owner(&self, cause: Cause, event: Option<OwnerEvent>) -> Result<Reply, Failure> {
        let owner = event.into_iter().collect();
        self.decide(Some(cause), move |_| Ok((Decision { owner, ..Decision::default() }, Reply::Done))).await
    }

    /// A new folder in the host's own, by the last word of the address.
    fn free_place(&self, from: &str) -> Result<PathBuf, Failure> {
        let folder = self.config.data.join("repositories");
        let no_place = |_| Failure::new(FailureCode::Storage, NO_PLACE);
        std::fs::create_dir_all(&folder).map_err(no_place)?;
        let last = from.trim().trim_end_matches('/').rsplit(['/', ':']).next().unwrap_or_default();
        let plain = |letter: &char| letter.is_ascii_alphanumeric() || "-_.".contains(*letter);
        let name: String = last.trim_end_matches(".git").chars().filter(plain).take(60).collect();
        let name = name.trim_matches('.');
        let name = if name.is_empty() { "repository" } else { name };
        let mut candidates = (1..).map(|n| match n {
            1 => folder.join(name),
            n => folder.join(format!("{name}-{n}")),
        });
        let mut tried = candidates.by_ref().take(PLACES).map(|path| (std::fs::create_dir(&path), path));
        let made = tried
            .find(|(made, _)| made.as_ref().err().is_none_or(|it| it.kind() != ErrorKind::AlreadyExists));
        match made {
            Some((Ok(()), path)) => Ok(path),
            _ => Err(Failure::new(FailureCode::Storage, NO_PLACE)),
        }
    }
}

/// The last part of a branch's name, as a title.
fn name_of(branch: &str) -> String {
    branch.rsplit('/').next().unwrap_or(branch).chars().take(limits::TITLE_CHARS).collect()
}

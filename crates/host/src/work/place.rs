//! A workspace as its work is looked at and judged.

use std::path::PathBuf;
use std::sync::Arc;

use model::{ChangesSince, Edge, TurnEdge, TurnId, WorkspaceId, WorkspaceState};
use ports::vcs::Since;
use ports::work::Way;
use wire::{Failure, FailureCode};

use crate::desk::WorkRecord;
use crate::host::Host;

pub(super) const NOWHERE: &str = "The repository was on no branch when this workspace was made, so there is none \
                                  that its work could go to. Nothing was changed; merge it in a terminal.";

pub(crate) struct Place {
    pub repository: PathBuf,
    pub worktree: PathBuf,
    pub branch: String,
    pub base: String,
    pub base_branch: Option<String>,
    pub work: Arc<WorkRecord>,
}

impl Host {
    /// Of a workspace that is in use.
    pub(super) fn place_in_use(&self, workspace: WorkspaceId) -> Result<Place, Failure> {
        let world = self.globe().now();
        let known = world.shelf.workspaces.get(&workspace).ok_or_else(Failure::not_found)?;
        match known.state {
            WorkspaceState::Active => self.place(workspace),
            WorkspaceState::Archived => Err(archived()),
            WorkspaceState::Deleted => Err(Failure::not_found()),
        }
    }

    /// Of any that has files.
    pub(crate) fn place(&self, workspace: WorkspaceId) -> Result<Place, Failure> {
        let world = self.globe().now();
        let known = world.shelf.workspaces.get(&workspace).ok_or_else(Failure::not_found)?;
        if known.state == WorkspaceState::Deleted {
            return Err(Failure::not_found());
        }
        Ok(Place {
            repository: self.inner.shared.desk.root_of(workspace)?,
            worktree: known.path.as_deref().map(PathBuf::from).ok_or_else(Failure::not_found)?,
            branch: known.branch.clone(),
            base: known.base.clone(),
            base_branch: known.base_branch.clone(),
            work: Arc::clone(&known.work),
        })
    }
}

impl Place {
    pub fn since(&self, since: ChangesSince) -> Result<Since, Failure> {
        let worktree = self.worktree.clone();
        let of_now = |base: &String| Since { worktree: worktree.clone(), base: base.clone(), until: None };
        match since {
            ChangesSince::Base => Ok(of_now(&self.base)),
            ChangesSince::Approval => Ok(of_now(self.work.baseline.as_ref().unwrap_or(&self.base))),
            ChangesSince::Turn { turn } => {
                let before = self.edge(turn, Edge::Before).ok_or_else(Failure::not_found)?;
                let until = self.edge(turn, Edge::After).map(str::to_owned);
                Ok(Since { worktree: worktree.clone(), base: before.to_owned(), until })
            }
        }
    }

    pub fn way(&self) -> Result<Way, Failure> {
        let base_branch = self.base_branch.clone();
        let base_branch = base_branch.ok_or_else(|| Failure::new(FailureCode::Git, NOWHERE))?;
        Ok(self.way_to(base_branch))
    }

    /// Where it does not matter whether there is a base branch.
    pub fn way_to(&self, base_branch: String) -> Way {
        Way {
            repository: self.repository.clone(),
            worktree: self.worktree.clone(),
            branch: self.branch.clone(),
            base_branch,
        }
    }

    fn edge(&self, turn: TurnId, edge: Edge) -> Option<&str> {
        let is_it = |of: &TurnEdge| of.turn == turn && of.edge == edge;
        let mut known = self.work.checkpoints.iter().rev();
        let found = known.find(|checkpoint| checkpoint.of.as_ref().is_some_and(is_it));
        found.map(|checkpoint| &*checkpoint.commit)
    }
}

pub(crate) fn archived() -> Failure {
    let why = "This workspace is in the archive. Take it out of there first; nothing of it is lost.";
    Failure::new(FailureCode::Archived, why)
}

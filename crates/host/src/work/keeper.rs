//! Checkpoints: their numbers, and those at the edges of turns.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use model::{
    AgentKey, Checkpoint, Deed, Edge, Occurrence, PersonId, SessionId, TurnEdge, TurnId, WorkspaceId, limits,
};
use ports::vcs::{Since, VcsError};
use ports::work::{CheckpointName, Way};
use tokio::sync::{Mutex as Lock, OwnedMutexGuard};

use crate::session::Shared;

/// Whoever works on a workspace's files or branch for the host has it alone, first come first.
#[derive(Default)]
pub(crate) struct Works(Mutex<BTreeMap<WorkspaceId, Arc<Lock<Last>>>>);

/// The number of the last checkpoint, once it was looked up.
type Last = Option<u64>;

/// A workspace, alone.
pub(crate) struct Hold {
    workspace: WorkspaceId,
    last: OwnedMutexGuard<Last>,
}

impl Works {
    pub async fn take(&self, workspace: WorkspaceId) -> Hold {
        let lock = {
            let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(all.entry(workspace).or_default())
        };
        Hold { workspace, last: lock.lock_owned().await }
    }
}

impl Hold {
    /// A number that no other checkpoint has, also when nothing comes of this one.
    pub async fn name(&mut self, shared: &Shared, worktree: &Path) -> Result<CheckpointName, VcsError> {
        let work = shared.parts.vcs.work();
        let last = match *self.last {
            Some(last) => last,
            None => work.last_checkpoint(worktree.to_owned(), self.workspace).await?,
        };
        let number = last + 1;
        *self.last = Some(number);
        Ok(CheckpointName { workspace: self.workspace, number })
    }

    /// The files as they are now.
    pub async fn keep(
        &mut self,
        shared: &Shared,
        worktree: &Path,
        of: Option<TurnEdge>,
    ) -> Result<Checkpoint, VcsError> {
        let name = self.name(shared, worktree).await?;
        let work = shared.parts.vcs.work();
        let commit = work.checkpoint(worktree.to_owned(), name).await?;
        if let Some(oldest) = name.number.checked_sub(limits::CHECKPOINTS_KEPT as u64) {
            let gone = work.delete_checkpoints(worktree.to_owned(), self.workspace, vec![oldest]).await;
            if let Err(error) = gone {
                tracing::debug!(%error, "a checkpoint that is too old is left");
            }
        }
        Ok(Checkpoint { number: name.number, commit, of })
    }
}

/// A turn and where it works.
#[derive(Clone, Debug)]
pub(crate) struct TurnPlace {
    pub workspace: WorkspaceId,
    pub worktree: PathBuf,
    pub session: SessionId,
    pub turn: TurnId,
    pub author: PersonId,
    pub agent: AgentKey,
    /// Of the session.
    pub title: String,
}

impl TurnPlace {
    fn edge(&self, edge: Edge) -> TurnEdge {
        let (agent, author) = (self.agent.clone(), self.author);
        TurnEdge { session: self.session, turn: self.turn, edge, author, agent }
    }
}

/// WS17: before a turn's agent is told anything. A turn that can't be kept goes on all the same.
/// Says what was done to the workspace on the way: one without a name gets the session's (SE4).
pub(crate) async fn keep_before(shared: &Shared, place: &TurnPlace) -> Option<Occurrence> {
    keep(shared, place, Edge::Before).await;
    name_workspace(shared, place).await
}

async fn name_workspace(shared: &Shared, place: &TurnPlace) -> Option<Occurrence> {
    let title = place.title.chars().take(limits::TITLE_CHARS).collect::<String>();
    let is_open =
        || shared.globe.now().shelf.workspaces.get(&place.workspace).is_some_and(|it| it.name.is_empty());
    if title.is_empty() || !is_open() {
        return None;
    }
    let hold = shared.works.take(place.workspace).await;
    if !is_open() {
        return None;
    }
    let branch = shared.globe.now().shelf.workspaces.get(&place.workspace)?.branch.clone();
    let repository = shared.desk.root_of(place.workspace).ok()?;
    let way = Way { repository, worktree: place.worktree.clone(), branch, base_branch: String::new() };
    let branch = shared.parts.vcs.work().rename_branch(way, title.clone()).await;
    let branch = branch.inspect_err(|error| tracing::warn!(%error, "a workspace is not named")).ok()?;
    let deed = Deed::Renamed { name: title, branch };
    let noted = shared.desk.note_deed(place.workspace, (place.author, deed.clone())).await;
    noted.inspect_err(|failure| tracing::warn!(%failure, "a workspace's name is not written down")).ok()?;
    drop(hold);
    Some(Occurrence::WorkDone { by: place.author, deed })
}

/// What the turn did to the files, if it did anything.
pub(crate) async fn keep_after(shared: &Shared, place: &TurnPlace) -> Option<Occurrence> {
    let before = edge_of(shared, place, Edge::Before)?;
    let after = keep(shared, place, Edge::After).await?;
    let since = Since { worktree: place.worktree.clone(), base: before.commit, until: Some(after.commit) };
    let changes = shared.parts.vcs.changes(since).await.ok()?;
    let count = |lines: fn(&model::ChangedFile) -> Option<u32>| changes.files.iter().filter_map(lines).sum();
    let files = u32::try_from(changes.files.len()).unwrap_or(u32::MAX).saturating_add(changes.omitted);
    let kept = Occurrence::TurnKept {
        turn: place.turn,
        before: before.number,
        after: after.number,
        files,
        added: count(|file| file.added),
        removed: count(|file| file.removed),
    };
    (files > 0).then_some(kept)
}

async fn keep(shared: &Shared, place: &TurnPlace, edge: Edge) -> Option<Checkpoint> {
    let mut hold = shared.works.take(place.workspace).await;
    if let Some(known) = edge_of(shared, place, edge) {
        // One that goes back to the queue begins again under another id; a retry of this is none.
        return Some(known);
    }
    let kept = match hold.keep(shared, &place.worktree, Some(place.edge(edge))).await {
        Ok(kept) => kept,
        Err(error) => {
            tracing::debug!(%error, turn = %place.turn, "a turn's files could not be kept");
            return None;
        }
    };
    match shared.desk.record_checkpoint(place.workspace, kept.clone()).await {
        Ok(()) => Some(kept),
        Err(failure) => {
            tracing::warn!(%failure, "a checkpoint could not be written down");
            None
        }
    }
}

fn edge_of(shared: &Shared, place: &TurnPlace, edge: Edge) -> Option<Checkpoint> {
    let world = shared.globe.now();
    let known = &world.shelf.workspaces.get(&place.workspace)?.work.checkpoints;
    let is_it = |of: &TurnEdge| of.turn == place.turn && of.edge == edge;
    known.iter().rev().find(|checkpoint| checkpoint.of.as_ref().is_some_and(is_it)).cloned()
}
